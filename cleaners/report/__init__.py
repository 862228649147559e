"""The page where a person reads the removals: static files made from an output folder.

`building.build_report` reads what a batch wrote, `single.write_document` shows one cleaned page.
What both put beside their data lies in `static/`: plain HTML, CSS and JavaScript without a build.
Nothing is imported here: `colours` is also for the terminal, which should not wait for the rest.
"""
