"""A report as one HTML file: no script, nothing from elsewhere, to be put on any web site."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from gatepost.adapters.reports.svg import svg_of
from gatepost.timerelease.report.model import Block, Figure, Items, Report, Section, Table, Text

STYLE = Path(__file__).with_name("page.css")


def html_of(report: Report) -> str:
    """Return the whole report as HTML."""
    links = "".join(
        f'<li><a href="#{_anchor(one.title)}">{escape(one.title)}</a></li>'
        for one in report.sections
    )
    body = f"<nav aria-label='Sections'><ol>{links}</ol></nav>{_figures(report.figures)}"
    return _page(report, body + "".join(_section(one) for one in report.sections))


def press_html(report: Report) -> str:
    """Return the one page for the press as HTML."""
    return _page(report, _figures(report.figures) + _blocks(report.press))


def _page(report: Report, body: str) -> str:
    title = escape(report.title)
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>\n{STYLE.read_text('utf-8')}</style></head>\n<body>"
        f"<header><div><p>{escape(report.country)}</p><h1>{title}</h1>"
        f"<p>{escape(report.period)}</p></div></header>\n<main>{body}"
        f"<footer>{escape(report.foot)}</footer></main></body>\n</html>\n"
    )


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _section(one: Section) -> str:
    name = _anchor(one.title)
    return (
        f'<section aria-labelledby="{name}"><h2 id="{name}">{escape(one.title)}</h2>'
        f"{_blocks(one.blocks)}</section>\n"
    )


def _figures(figures: Iterable[Figure]) -> str:
    told = "".join(
        f'<div><dt>{escape(one.what)}</dt><dd class="value">{escape(one.value)}</dd>'
        f'<dd class="more">{escape(one.more)}</dd></div>'
        for one in figures
    )
    return f'<dl class="figures">{told}</dl>'


def _blocks(blocks: Iterable[Block]) -> str:
    return "\n".join(_block(one) for one in blocks)


def _block(one: Block) -> str:
    if isinstance(one, Text):
        return f"<p>{escape(one.text)}</p>"
    if isinstance(one, Items):
        return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in one.items)}</ul>"
    if isinstance(one, Table):
        return _table(one)
    note = f'<p class="note">{escape(one.note)}</p>' if one.note else ""
    return f"<figure><figcaption>{escape(one.title)}</figcaption>{svg_of(one)}{note}</figure>"


def _table(one: Table) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in one.heads)
    rows = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        f"{''.join(f'<td>{escape(cell)}</td>' for cell in rest)}</tr>"
        for first, *rest in one.rows
    )
    numbers = f' class="after-{one.words}"' if one.words else ""
    note = f'<p class="note">{escape(one.note)}</p>' if one.note else ""
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(one.title)}">'
        f"<table{numbers}><caption>{escape(one.title)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{note}"
    )
