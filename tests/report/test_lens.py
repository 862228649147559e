"""The lens in a browser: what rules took, what the layout judge thought, what recurs."""

from collections import Counter

from tests.report.test_overview import shown


def alone(row):
    """Whether only the layout judge, or the line judge of text pages, took a piece."""
    return "layout" in row["rule"].split(".")


def test_rules_with_disagreements_come_first(page, entries):
    page.open("lens")
    page.wait_for_selector("[data-rule]")
    shown_rules = page.eval_on_selector_all("[data-rule]", "all => all.map(e => e.dataset.rule)")
    audit = [row for _, _, removed in entries for row in removed if not alone(row)]
    counts = Counter(row["rule"] for row in audit)
    differed = Counter(row["rule"] for row in audit if row["layout"] is False)
    assert set(shown_rules) == set(counts)
    order = [differed[rule] for rule in shown_rules]
    assert order == sorted(order, reverse=True)
    assert order[0] > 0
    top = page.locator("[data-rule]").first
    said = top.locator("summary").inner_text()
    assert f"{counts[shown_rules[0]]} piece" in said
    assert f"{order[0]} differ" in said


def test_samples_are_what_was_taken_with_disagreements_first(page, entries):
    page.open("lens")
    card = page.locator("[data-rule]").first
    rule = card.get_attribute("data-rule")
    samples = card.locator(".sample").all_inner_texts()
    audit = [row for _, _, removed in entries for row in removed if row["rule"] == rule]
    taken = {" ".join(row["text"][:400].split()) for row in audit}
    assert {" ".join(sample.split()) for sample in samples} <= taken
    assert "layout judge would keep it" in card.locator("li small").first.inner_text()


def test_a_rule_leads_to_its_documents_and_a_sample_to_its_page(page, entries):
    page.open("lens")
    card = page.locator("[data-rule]").first
    rule = card.get_attribute("data-rule")
    card.get_by_role("link", name="where it fired").click()
    page.wait_for_selector(".row")
    assert shown(page) == sum(any(r["rule"] == rule for r in gone) for _, _, gone in entries)
    page.open("lens")
    page.locator("[data-rule] .samples a").first.click()
    page.wait_for_selector(".page")
    assert page.locator(".removed").count() > 0


def test_a_rule_has_an_address(page):
    page.open("lens?rule=ad.cue")
    page.wait_for_selector("[data-rule='ad.cue'][open]")
    assert page.locator("[data-rule][open]").count() == 1


def test_lines_that_recur_on_a_site(page, entries):
    page.open("lens?show=sites")
    card = page.locator("details", has=page.locator("summary", has_text="Mill"))
    removed = card.locator("section").nth(1)
    assert "Advertisement" in removed.inner_text()
    there = [row for _, row, _ in entries if row.get("site") == "Mill" and row.get("removed")]
    line = removed.locator("li", has_text="Advertisement").first
    assert line.get_by_role("link").inner_text() == f"{len(there)} pages"
    line.get_by_role("link").click()
    page.wait_for_selector(".row")
    assert shown(page) == len(there)


def test_all_pieces_that_rules_took_are_told_with_what_the_layout_judge_thought(page, entries):
    page.open("lens")
    audit = [row for _, _, removed in entries for row in removed if not alone(row)]
    agreed = sum(row["layout"] is True for row in audit)
    differed = sum(row["layout"] is False for row in audit)
    assert agreed > differed > 0
    told = page.locator(".agreement").inner_text()
    assert f"Of {agreed + differed} pieces" in told
    assert f"would take {agreed} too" in told
    assert f"keep {differed}." in told
    samples = page.locator("[data-rule] .samples small").all_inner_texts()
    assert any("layout judge agrees" in sample for sample in samples)


def test_what_the_layout_judge_took_alone(page, entries):
    page.open("lens")
    page.get_by_role("link", name="layout judge alone").click()
    page.wait_for_selector("[data-rule='layout']")
    audit = [row for _, _, removed in entries for row in removed if alone(row)]
    counts = Counter(row["rule"] for row in audit)
    shown_rules = page.eval_on_selector_all("[data-rule]", "all => all.map(e => e.dataset.rule)")
    assert set(shown_rules) == set(counts)
    assert shown_rules[0] == "layout"
    for rule, count in counts.items():
        told = page.locator(f"[data-rule='{rule}'] summary").inner_text()
        assert f"{count} piece" in told
    pages = Counter()
    for _, _, removed in entries:
        pages.update({(row["kind"], row["text"].strip()) for row in removed if alone(row)})
    line = page.locator(".lines li").first
    kind, text = line.locator(".chip").inner_text(), line.locator("bdi").inner_text()
    assert pages[kind, text] == max(pages.values()) > 1
    assert line.get_by_role("link").inner_text() == f"{pages[kind, text]} pages"
    line.get_by_role("link").click()
    page.wait_for_selector(".page .removed")
    assert (
        text in page.locator(".page .removed").all_inner_texts()[0]
        or text in page.locator(".page").inner_text()
    )
