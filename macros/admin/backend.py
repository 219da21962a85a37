"""Where the editing page saves to: the repository of `local.yml` as Sveltia CMS needs it told, and the only hosts the page may ask."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from macros.schema.local import Repository

GITHUB, GITHUB_API = "github.com", "https://api.github.com"


def backend(repository: Repository) -> dict[str, Any]:
    """The `backend` part of the configuration: GitHub, or a GitLab under any host name."""
    parts = urlsplit(repository.url)
    name = parts.path.strip("/").removesuffix(".git")
    shared = {"repo": name, "branch": repository.branch, "auth_methods": ["oauth", "token"] if by_window(repository) else ["token"]}
    if parts.hostname == GITHUB:
        return {"name": "github", **shared, **({"base_url": repository.relay} if repository.relay else {})}
    own = f"https://{parts.netloc}"
    signing = {"auth_type": "pkce", "app_id": repository.application} if repository.application else {}
    return {"name": "gitlab", **shared, "base_url": own, "api_root": f"{own}/api/v4", **signing}


def by_window(repository: Repository) -> bool:
    """Whether people may sign in in a window of the host's. That window has to be able to speak to the page that opened it."""
    return bool(repository.relay if urlsplit(repository.url).hostname == GITHUB else repository.application)


def hosts(repository: Repository) -> list[str]:
    """The addresses that the page may ask, beside the site's own."""
    parts = urlsplit(repository.url)
    return [GITHUB_API if parts.hostname == GITHUB else f"https://{parts.netloc}"]
