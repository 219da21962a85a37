"""Sveltia CMS as this site serves it: its script without any address outside the site, and the fonts it would have fetched."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

SCRIPT = "dist/sveltia-cms.js"
FONTS = ("source-sans-3-latin-wght-normal", "noto-mono-latin-400-normal", "material-symbols-outlined-latin-wght-normal")
LANGUAGES = "ar,bg,ca,cs,da,de,el,en-CA,en-GB,en-US,es-CO,fa,fi,fr,hr,it,ja,ko,nl,pl,pt-BR,pt-PT,ru,sv,tr,uk,vi,zh-CN,zh-TW"
STATUS = "status.json"
OUTSIDE = r"https://[\w.-]+"
CHANGES = {
    rf"{OUTSIDE}/fontsource/fonts/source-sans-3:vf@5\.3\.0/latin-wght-normal\.woff2": f"{FONTS[0]}.woff2",
    rf"{OUTSIDE}/fontsource/fonts/noto-mono@5\.3\.0/latin-400-normal\.woff2": f"{FONTS[1]}.woff2",
    rf"{OUTSIDE}/fontsource/fonts/material-symbols-outlined:vf@5\.3\.7/latin-wght-normal\.woff2": f"{FONTS[2]}.woff2",
    rf"`{OUTSIDE}/@sveltia/cms`": "`./cms`",
    rf"`{OUTSIDE}/@sveltia/ui`": "`./absent`",
    rf"`{OUTSIDE}/@shikijs`": "`./absent`",
    rf"let t=`{OUTSIDE}/\$\{{e}}`": "let t=`./absent/${e}`",
    rf"`{OUTSIDE}/api/v2/status\.json`": f"`./{STATUS}`",
    rf"`{OUTSIDE}/1\.0/status/5b36dc6502d06804c08349f7`": f"`./{STATUS}`",
    re.escape("`data:image/svg+xml;base64,${btoa(_Se)}`"): "`../assets/images/favicon.svg`",
    "`maximum-scale=1`,": "",
    f"`{LANGUAGES}`": "`en-GB,en-US`",
}
"""What stands in the script once, and what this site puts there. Fonts, words and the version come from here; parts that no form of ours
uses (coloured code, maps, PDF previews) are not here and would not be fetched from elsewhere either. The page may be zoomed into."""


def write(folder: Path, package: Path) -> str:
    """Put the program into `folder`; returns the name of its script, which holds a hash of it.

    Raises ValueError where the script is not the one that these changes were written for.
    """
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    text = changed((package / SCRIPT).read_text(encoding="utf-8"))
    name = f"sveltia-cms-{hashlib.sha256(text.encode()).hexdigest()[:12]}.js"
    (folder / name).write_text(text, encoding="utf-8")
    for font in FONTS:
        (found,) = (package / "npm/assets").glob(f"{font}-*.woff2")
        shutil.copyfile(found, folder / f"{font}.woff2")
    for path, content in {STATUS: "{}", "cms/package.json": json.dumps({"version": version})}.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(content + "\n", encoding="utf-8")
    words = folder / f"cms@{version}/locales"
    words.mkdir(parents=True)
    shutil.copyfile(package / "locales/en-GB.json", words / "en-GB.json")
    shutil.copyfile(package / "LICENSE.txt", folder / "LICENSE.txt")
    return name


def changed(script: str) -> str:
    """The script with every change made. Each has to be there exactly once: another version would fetch from elsewhere in silence."""
    for before, after in CHANGES.items():
        found = len(re.findall(before, script))
        if found != 1:
            raise ValueError(f"the editing page's program holds `{before}` {found} times; allowed: once. Mend macros/admin/program.py")
        script = re.sub(before, after, script)
    return script
