"""The object storage by S3: get and put of one bucket, signed by version 4 (AWS, Signature Version 4 signing process)."""
import datetime
import hashlib
import hmac
import urllib.error
import urllib.parse
import urllib.request

from common import Trouble


class Bucket:
    def __init__(self, endpoint, region, name, keys):
        self.endpoint, self.region, self.name, self.keys = endpoint.rstrip("/"), region, name, keys

    def get(self, key, etag=None):
        """(content, etag), or None if it is not there or has not changed."""
        status, headers, body = self.call("GET", key, extra={"If-None-Match": etag} if etag else {})
        return (body, headers.get("ETag")) if status == 200 else None

    def put(self, key, body):
        self.call("PUT", key, body)

    def call(self, method, key, body=b"", extra=None):
        path = urllib.parse.quote(f"/{self.name}/{key}")
        url = urllib.parse.urlsplit(self.endpoint)
        headers = self.signed(method, url.netloc, url.path + path, body) | (extra or {})
        request = urllib.request.Request(self.endpoint + path, body or None, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as refused:
            if method == "GET" and refused.code in (304, 404):
                return refused.code, refused.headers, b""
            raise Trouble(f"object storage: {method} {self.name}/{key}: {refused.code} {refused.reason}") from refused
        except OSError as lost:
            raise Trouble(f"object storage: {method} {self.name}/{key}: {lost}") from lost

    def signed(self, method, host, path, body):
        now = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
        digest = hashlib.sha256(body).hexdigest()
        headers = {"host": host, "x-amz-content-sha256": digest, "x-amz-date": now}
        names = ";".join(headers)
        lines = [method, path, "", *(f"{name}:{value}" for name, value in headers.items()), "", names, digest]
        scope = f"{now[:8]}/{self.region}/s3/aws4_request"
        request = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        text = "\n".join(["AWS4-HMAC-SHA256", now, scope, request])
        key = ("AWS4" + self.keys["secret"]).encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        signature = hmac.new(key, text.encode(), "sha256").hexdigest()
        credential = f"{self.keys['access']}/{scope}"
        return headers | {"Authorization": f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}"}
