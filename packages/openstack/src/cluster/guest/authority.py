"""
The cluster's authority and this member's certificate. Every member derives the same key from the same seed, and the
same bytes of the authority's certificate: fixed serial number and validity, deterministic signature (RFC 6979).
"""
import datetime
import hashlib
import ipaddress

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from common import AUTHORITY, CERTIFICATE, KEY, read, write

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (FIPS 186-4, D.1.2.3)
BEGIN, END = datetime.datetime(2025, 1, 1), datetime.datetime(2049, 12, 31)
LIFE, RENEW = datetime.timedelta(days=90), datetime.timedelta(days=30)
ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")


def private_key(seed):
    return ec.derive_private_key(int.from_bytes(seed) % (ORDER - 1) + 1, ec.SECP256R1())


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def usage(authority):
    return x509.KeyUsage(
        digital_signature=not authority, key_cert_sign=authority, crl_sign=authority, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False)


def authority(cluster, seed):
    """Its certificate, PEM."""
    key = private_key(seed)
    public = key.public_key()
    title = name(f"{cluster[:50]} authority")
    builder = (
        x509.CertificateBuilder().subject_name(title).issuer_name(title).public_key(public)
        .serial_number(int.from_bytes(hashlib.sha256(seed).digest()[:8]) >> 1 | 1)
        .not_valid_before(BEGIN).not_valid_after(END)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .add_extension(usage(True), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), False))
    body = builder.sign(key, hashes.SHA256()).tbs_certificate_bytes
    signature = key.sign(body, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    der = block(0x30, body + ECDSA_SHA256 + block(0x03, b"\0" + signature))
    return x509.load_der_x509_certificate(der).public_bytes(serialization.Encoding.PEM)


def block(tag, content):
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x82]) + size.to_bytes(2)
    return bytes([tag]) + length + content


def issue(member, seed, now):
    """A new key and a certificate of 90 days for it, both PEM: as a server and as a client."""
    key, signer = ec.generate_private_key(ec.SECP256R1()), private_key(seed)
    issuer = x509.load_pem_x509_certificate(authority(member["cluster"], seed))
    this = member["member"]
    names = [x509.IPAddress(ipaddress.ip_address(this["address"])), x509.DNSName(this["name"])]
    both = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    certificate = (
        x509.CertificateBuilder().subject_name(name(this["name"])).issuer_name(issuer.subject)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1)).not_valid_after(now + LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        .add_extension(usage(False), True)
        .add_extension(x509.ExtendedKeyUsage(both), False)
        .add_extension(x509.SubjectAlternativeName(names), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), False)
        .sign(signer, hashes.SHA256()))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return certificate.public_bytes(serialization.Encoding.PEM), secret


def not_after():
    pem = read(CERTIFICATE)
    return None if pem is None else x509.load_pem_x509_certificate(pem).not_valid_after_utc


def renew(member, seed, now):
    """True if there is a new certificate: a month before the end of the old one."""
    root = authority(member["cluster"], seed)
    end = not_after()
    if read(AUTHORITY) == root and end is not None and end - now > RENEW:
        return False
    certificate, secret = issue(member, seed, now)
    write(AUTHORITY, root)
    # PostgreSQL's group, which etcd's user joins: a program reads its key only if root or itself owns it.
    write(KEY, secret, 0o640, group="ssl-cert")
    # The chain ends in the authority, so that `openssl s_client -showcerts` shows it.
    write(CERTIFICATE, certificate + root)
    return True
