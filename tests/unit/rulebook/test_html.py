"""Markdown becomes HTML in which every id is a link, and nothing else gets through."""

from __future__ import annotations

from services.rulebook.html import linked, of_markdown


def test_a_heading_can_be_linked_to() -> None:
    told = of_markdown('<a id="ZD-3.8"></a>\n## ZD-3.8 Days past due\n')

    assert '<h2 id="ZD-3.8">' in told
    assert "&lt;a" not in told


def test_an_id_in_the_text_is_a_link_that_keeps_the_world() -> None:
    told = of_markdown("As ZD-3.6.2 says.", "?world=main")

    assert '<a href="/rulebook/ZD-3.6.2?world=main">ZD-3.6.2</a>' in told


def test_a_link_to_a_page_of_the_rulebook_leads_there_and_one_to_a_file_is_text() -> None:
    told = of_markdown("[the loan](loan.md#ZD-3.6) and [events](../../events.md)")

    assert '<a href="/rulebook/loan#ZD-3.6">the loan</a>' in told
    assert "events" in told
    assert "events.md" not in told


def test_diagrams_and_comments_are_left_out_and_raw_html_is_shown_as_text() -> None:
    told = of_markdown(
        "<!-- generated: noun loan -->\n```mermaid\nstateDiagram-v2\n```\n<script>x</script>\n"
    )

    assert "stateDiagram" not in told
    assert "generated" not in told
    assert "<script>" not in told


def test_a_table_scrolls_and_its_breaks_are_breaks() -> None:
    told = of_markdown("| a |\n|---|\n| b<br/>c |\n")

    assert '<div class="scroll"><table>' in told
    assert "b<br>c" in told


def test_plain_text_is_escaped_and_its_ids_are_links() -> None:
    assert linked("<b> ZD-3.9, B0", "?world=a&b") == (
        '&lt;b&gt; <a href="/rulebook/ZD-3.9?world=a&amp;b">ZD-3.9</a>, B0'
    )
