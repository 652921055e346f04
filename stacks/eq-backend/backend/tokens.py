"""Issues signed JSON Web Tokens (RFC 7519) with the standard library."""

import base64
import hmac
import json
import time
from typing import Any

from config import DIGESTS


def encode(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def issue(subject: str, minutes: int, algorithm: str, key: str) -> dict[str, Any]:
    now = int(time.time())
    header = {"alg": algorithm, "typ": "JWT"}
    claims = {"sub": subject, "iat": now, "exp": now + minutes * 60}
    signed = ".".join(encode(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims))
    signature = hmac.digest(key.encode(), signed.encode(), DIGESTS[algorithm])
    return {"access_token": f"{signed}.{encode(signature)}", "token_type": "bearer", "expires_in": minutes * 60}
