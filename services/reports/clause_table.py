"""Table: which policy parameters and statutes are cited with an event.

Names only: values, sources and grades come from the event's policy (ZD-3, ZD-4.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policies.reading.pack import Grade


@dataclass(frozen=True, slots=True)
class Statute:
    """A clause that is no parameter of a policy; its texts are `statute.<key>` and `.source`."""

    key: str
    grade: Grade


CREDIT_CODE = Statute("credit_code", Grade.ASSUMED)
DATA_CONSENT = Statute("data_consent", Grade.PUBLIC)
SEPARATION = Statute("separation", Grade.PUBLIC)
WRITTEN_PLEDGE = Statute("written_pledge", Grade.PUBLIC)
PLEDGE_BY_REGISTRATION = Statute("pledge_by_registration", Grade.PUBLIC)
REALISATION = Statute("realisation", Grade.PUBLIC)
LIMITATION = Statute("limitation", Grade.PUBLIC)
REGISTRY_CHECKS = Statute("registry_checks", Grade.PUBLIC)
ANNUAL_FEE = Statute("annual_fee", Grade.PUBLIC)
PLEDGED_IP = Statute("pledged_ip", Grade.PUBLIC)
FUND_BALANCE = Statute("fund_balance", Grade.PUBLIC)
NEXT_DAY_OVERDUE = Statute("next_day_overdue", Grade.PUBLIC)
AGREEMENT = Statute("agreement", Grade.ASSUMED)
BOARDING = Statute("boarding", Grade.ASSUMED)

Reference = str | Statute

TIERED: Mapping[str, tuple[str, ...]] = {
    "TIER_1": ("tier_1_ceiling", "tier_1_fund_share"),
    "TIER_2": ("tier_2_ceiling", "tier_2_fund_share"),
}

# fmt: off
CLAUSES: Mapping[str, tuple[Reference, ...]] = {
    "Bank.AgreementProposed":         (AGREEMENT,),
    "Bank.AgreementSigned":           (AGREEMENT,),
    "Bank.AgreementSuspended":        (AGREEMENT,),
    "Bank.AgreementResumed":          (AGREEMENT,),
    "Bank.AgreementEnded":            (AGREEMENT,),
    "Bank.Boarded":                   (BOARDING,),

    "Enterprise.Registered":          (CREDIT_CODE,),
    "Enterprise.Boarded":             (BOARDING,),
    "Enterprise.ConsentGranted":      (DATA_CONSENT, "consent_max_days"),
    "Enterprise.EnrolmentSubmitted":  ("regions", "size_classes", "ip_types"),
    "Enterprise.SupplementRequested": ("enrolment_supplement_wd", "enrolment_supplement_rounds"),
    "Enterprise.SupplementProvided":  ("enrolment_supplement_wd",),
    "Enterprise.EnrolmentLapsed":     ("enrolment_supplement_wd",),
    "Enterprise.Enrolled":            ("enrolment_review_wd", "enrolment_validity_days"),
    "Enterprise.EnrolmentRejected":   ("enrolment_review_wd",),
    "Enterprise.EnrolmentRenewed":    ("enrolment_validity_days",),
    "Enterprise.EnrolmentExpired":    ("enrolment_validity_days",),
    "Enterprise.Blacklisted":        ("blacklist_months",),

    "Product.Submitted":              ("rate_cap_spread", "fees_allowed"),
    "Product.Published":              ("product_review_wd", "rate_cap_spread"),
    "Product.Returned":               ("product_review_wd",),
    "Product.Drafted":               ("rate_cap_spread", "fees_allowed",),
    "Product.Revised":               ("rate_cap_spread", "fees_allowed",),

    "IpAsset.Declared":               ("ip_types",),
    "IpAsset.Verified":               ("ip_types",),
    "IpAsset.VerificationFailed":    (REGISTRY_CHECKS,),
    "IpAsset.Appraised":              ("appraisal_max_age_months",),
    "IpAsset.Reappraised":           ("reappraisal_drop",),
    "IpAsset.Encumbered":             (PLEDGE_BY_REGISTRATION,),
    "IpAsset.Released":               ("pledge_cancellation_wd",),
    "IpAsset.FeeReminderSent":       ("fee_reminder_days",),
    "IpAsset.FeeOverdue":            (ANNUAL_FEE, "fee_grace_months",),
    "IpAsset.FeeCured":              (ANNUAL_FEE, "fee_grace_months",),
    "IpAsset.Lapsed":                (ANNUAL_FEE, "fee_grace_months",),
    "IpAsset.DispositionConsented":  (PLEDGED_IP,),
    "IpAsset.DispositionRefused":    (PLEDGED_IP,),
    "IpAsset.OpenLicenceAllowed":    (PLEDGED_IP,),
    "IpAsset.Disposed":               (REALISATION,),

    "Pledge.Prepared":                (WRITTEN_PLEDGE,),
    "Pledge.Filed":                   ("pledge_documents", "pledge_registration_wd"),
    "Pledge.CorrectionRequested":     ("pledge_correction_wd",),
    "Pledge.Corrected":               ("pledge_correction_wd",),
    "Pledge.FilingLapsed":            ("pledge_correction_wd",),
    "Pledge.Registered":              (PLEDGE_BY_REGISTRATION, "pledge_registration_wd"),
    "Pledge.Refused":                (REGISTRY_CHECKS,),
    "Pledge.CancellationDue":        ("pledge_cancellation_wd",),
    "Pledge.Cancelled":               ("pledge_cancellation_wd",),

    "Application.Started":            ("draft_validity_days",),
    "Application.DraftExpired":      ("draft_validity_days",),
    "Application.Submitted":          ("cap_per_borrower", "purposes", "application_documents"),
    "Application.Returned":           ("application_return_rounds",),
    "Application.Routed":             ("matching_max_banks",),
    "Application.LeadTaken":          ("lead_taking_wd",),
    "Application.MaterialRequested": ("material_wd",),
    "Application.MaterialProvided":  ("material_wd",),
    "Application.MaterialLapsed":    ("material_wd",),
    "DueDiligence.Reported":         (SEPARATION,),
    "Application.Approved":           ("rate_cap_spread", "credit_review_wd", SEPARATION),
    "Application.Rejected":           ("credit_review_wd",),
    "Application.OfferAccepted":      ("offer_validity_days", "rate_cap_spread"),
    "Contract.Signed":               ("rate_cap_spread", "draw_deadline_days",),
    "Application.OfferDeclined":      ("offer_validity_days",),
    "Application.OfferExpired":       ("offer_validity_days",),
    "Application.Converted":          ("draw_deadline_days",),
    "Application.ConditionsLapsed":   ("draw_deadline_days",),

    "Match.Opened":                   ("matching_max_banks", "matching_response_wd"),
    "Match.InterestExpressed":        ("matching_response_wd",),
    "Match.Declined":                 ("matching_response_wd",),
    "Match.ReBroadcast":              ("matching_response_wd",),
    "Match.Expired":                  ("matching_response_wd",),
    "Match.BankSelected":             ("bank_selection_wd",),
    "Match.LeadTaken":               ("lead_taking_wd",),
    "Match.LeadLapsed":              ("lead_taking_wd",),

    "Loan.Opened":                    ("draw_deadline_days",),
    "Loan.Disbursed":                 ("max_tenor_months", "rate_cap_spread"),
    "Loan.UndrawnCancelled":          ("draw_deadline_days",),
    "Loan.InterestPosted":            ("day_count", "interest_settlement"),
    "Loan.RepaymentReceived":         ("repayment_allocation",),
    "Loan.PaymentAllocated":          ("repayment_allocation",),
    "Loan.Prepaid":                   ("prepayment_notice_wd", "prepayment_minimum"),
    "Loan.BecameOverdue":             (NEXT_DAY_OVERDUE, "penalty_uplift"),
    "Loan.BucketEntered":             ("bucket_dpd",),
    "Loan.Classified":                ("bucket_dpd", "bucket_class"),
    "Loan.NonAccrualStarted":         ("non_accrual_dpd",),
    "Loan.ArrearsCleared":            ("repayment_allocation",),
    "Loan.Accelerated":               ("acceleration_min_dpd",),
    "Loan.CompensationReceived":      ("loss_base",),
    "Loan.RecoveryApplied":           ("recovery_allocation",),
    "Loan.PostWriteOffRecovery":      ("recovery_allocation",),
    "Loan.Provisioned":               ("provision_rates",),
    "Clawback.Demanded":              ("clawback_days",),
    "Breaker.Warned":                 ("breaker_warn",),
    "Breaker.Tripped":                ("breaker_trip",),
    "Breaker.HalfOpened":             ("breaker_half_open_share",),
    "Fund.TopUpRequested":            ("fund_low_water",),
    "WriteOff.Proposed":              ("write_off_small_limit", "write_off_pursuit_months"),
    "WriteOff.Booked":                ("responsibility_months",),
    "Loan.Settled":                   ("pledge_cancellation_wd",),

    "Filing.Opened":                  ("filing_deadline_wd",),
    "Filing.Submitted":               ("filing_deadline_wd", "min_ip_share"),
    "Filing.Late":                    ("filing_deadline_wd", "filing_late_wd"),
    "Filing.Returned":                ("filing_review_wd",),
    "Filing.Accepted":                ("filing_review_wd", "leverage_cap", "breaker_trip"),
    "Filing.Rejected":                ("filing_review_wd",),
    "Filing.Ceased":                  ("claim_window_days",),

    "Claim.RiskNotified":             ("claim_notice_min_dpd", "claim_notice_wd"),
    "Claim.Opened":                   ("claim_min_dpd", "claim_window_days"),
    "Claim.Submitted":                ("claim_window_days", "claim_evidence"),
    "Claim.Accepted":                 ("claim_acceptance_wd",),
    "Claim.Returned":                 ("claim_acceptance_wd",),
    "Claim.ReviewStarted":            ("claim_review_start_wd",),
    "Claim.SupplementRequested":      ("supplement_wd", "supplement_rounds"),
    "Claim.SupplementProvided":       ("supplement_wd",),
    "Claim.SupplementLapsed":         ("supplement_wd",),
    "Claim.Approved":                 ("loss_base", "tier_mode", "review_wd"),
    "Claim.Rejected":                 ("review_wd",),
    "Claim.ObjectionFiled":           ("objection_days",),
    "Claim.Queued":                   ("payment_wd",),
    "Claim.PartialQueued":            ("payment_wd",),
    "Claim.Paid":                     ("payment_wd",),
    "Claim.PartiallyPaid":            ("payment_wd",),
    "Claim.RecoveryShared":          ("recovery_split",),
    "Claim.Settled":                  ("claim_settlement_days",),
    "Claim.Expired":                  ("claim_window_days",),

    "Recovery.Opened":                ("recourse", "suit_deadline_days"),
    "Recovery.SuitFiled":             ("suit_deadline_days", LIMITATION),
    "Recovery.AssetDisposed":         (REALISATION,),
    "Recovery.Received":              ("recovery_remit_wd",),
    "Recovery.Split":                 ("recovery_split", "recovery_allocation"),
    "Recovery.Remitted":             ("recovery_remit_wd",),

    "Fund.Debited":                   ("payment_wd",),
    "Fund.RecoveryReturned":          ("recovery_split", "recovery_remit_wd"),
    "Fund.Exhausted":                (FUND_BALANCE,),
}
# fmt: on
