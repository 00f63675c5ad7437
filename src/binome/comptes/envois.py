"""What a device asks before it sends what waits on it: for whom it would, with which token, and what time it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def jeton(request: HttpRequest) -> JsonResponse:
    """The account that is signed in, a token for its forms, and the server's own clock. A visitor is sent to the door."""
    garde: str = request.garde.partition(":")[0]  # type: ignore[attr-defined] # what our middleware adds to a request
    return JsonResponse(
        {
            "compte": request.envois,  # type: ignore[attr-defined] # what our middleware adds to a request
            "garde": garde,
            "jeton": get_token(request),
            "maintenant": timezone.now().isoformat(),
        }
    )
