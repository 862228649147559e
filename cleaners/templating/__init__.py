"""Site templates: lines that stand on page after page of a site, learned from its own pages.

    winnow clean scrapes/ --out draft            clean once
    winnow template draft -o templates.jsonl     learn what recurs in the documents of each site
    winnow clean scrapes/ --out clean --templates templates.jsonl

The file is the only thing that the second cleaning knows of other pages: explicit, recorded with
the output, and there to be read and edited.  `learning.learn` makes it, `storing.read_templates`
reads it, and `cleaners.judging.templates` proposes what goes from a page by it.
"""
