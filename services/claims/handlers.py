"""Commands on claims and recoveries: which rows each reads, locks and asks figures of."""

from __future__ import annotations

from services.claims.queries import other_claim, queued_ahead
from services.claims.tables import claim, clawback, recovery, write_off
from services.kernel.registry import Handle, Noun
from workflows.claim.records import (
    AcceptClaim,
    ApproveClaim,
    NotifyRisk,
    ObjectToRejection,
    OpenClaim,
    PayClaim,
    PayClaimPartly,
    ResumeClaim,
    SetOffClaim,
    SettleClaim,
    StartReview,
    SubmitClaim,
)
from workflows.claim.table import CLAIM
from workflows.clawback.records import (
    ConfirmClawback,
    DemandClawback,
    OffsetClawback,
    OpenClawback,
    RepayClawback,
)
from workflows.clawback.table import CLAWBACK
from workflows.recovery.records import (
    AgreeCompromise,
    BookRecovery,
    CompromiseAlone,
    ConfirmUnrecoverable,
    GiveUpAlone,
    NoteGuarantee,
    OpenRecovery,
    RealisePledge,
    WriteOffRecourse,
)
from workflows.recovery.table import RECOVERY
from workflows.write_off.records import BookWriteOff, ProposeWriteOff
from workflows.write_off.table import WRITE_OFF

NOUNS = (
    Noun(CLAIM, claim),
    Noun(CLAWBACK, clawback),
    Noun(RECOVERY, recovery),
    Noun(WRITE_OFF, write_off),
)

COVER = ("loan", "filing")
COMPENSATED = ("claim", "loan")
PAYMENT = Handle("claim", reads=(*COVER, "fund"), locks=("fund",), facts=queued_ahead)

# fmt: off
HANDLES: dict[type, Handle] = {
    **{kind: Handle("claim") for kind in CLAIM.commands},
    NotifyRisk:     Handle("claim", reads=("loan",)),
    OpenClaim:      Handle("claim", reads=COVER),
    SubmitClaim:    Handle("claim", reads=("loan",), locks=("loan",)),
    AcceptClaim:    Handle("claim", reads=("filing",)),
    StartReview:    Handle("claim", reads=COVER),
    ApproveClaim:   Handle("claim", reads=COVER),
    ObjectToRejection: Handle("claim", reads=("loan",)),
    PayClaim:       PAYMENT,
    PayClaimPartly: PAYMENT,
    ResumeClaim:    PAYMENT,
    SetOffClaim:    Handle("claim", reads=("loan",)),
    SettleClaim:    Handle("claim", reads=("loan",), locks=("loan",)),
    **{kind: Handle("recovery") for kind in RECOVERY.commands},
    OpenRecovery:         Handle("recovery", reads=("loan",)),
    NoteGuarantee:        Handle("recovery", reads=("loan",)),
    RealisePledge:        Handle("recovery", reads=("pledge",), locks=("pledge",)),
    AgreeCompromise:      Handle("recovery", reads=COMPENSATED),
    CompromiseAlone:      Handle("recovery", reads=COMPENSATED),
    BookRecovery:         Handle("recovery", reads=COMPENSATED, locks=COMPENSATED),
    ConfirmUnrecoverable: Handle("recovery", reads=("claim",), locks=("claim",)),
    GiveUpAlone:          Handle("recovery", reads=("claim",)),
    WriteOffRecourse:     Handle("recovery", reads=("claim", "fund")),
    **{kind: Handle("clawback") for kind in CLAWBACK.commands},
    OpenClawback:         Handle("clawback", reads=("claim",)),
    ConfirmClawback:      Handle("clawback", reads=("fund",)),
    DemandClawback:       Handle("clawback", reads=("claim",)),
    RepayClawback:        Handle("clawback", reads=("claim",), locks=("claim",)),
    OffsetClawback:       Handle("clawback", reads=("claim",), locks=("claim",), facts=other_claim),
    **{kind: Handle("write_off") for kind in WRITE_OFF.commands},
    ProposeWriteOff:      Handle("write_off", reads=("loan", "recovery")),
    BookWriteOff:         Handle("write_off", reads=("loan",), locks=("loan",)),
}
# fmt: on
