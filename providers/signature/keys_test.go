package signature

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"strings"
	"testing"
)

// derOf is the DER inside a PEM text.
func derOf(t testing.TB, text string) []byte {
	t.Helper()
	if block, _ := pem.Decode([]byte(text)); block != nil {
		return block.Bytes
	}
	t.Fatal("no PEM")
	return nil
}

func pemOf(label string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
}

func TestAPublicKeyIsReadInEveryForm(t *testing.T) {
	der := derOf(t, pubRsa)
	any, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		t.Fatal(err)
	}
	key := any.(*rsa.PublicKey)
	b64 := base64.StdEncoding.EncodeToString(der)
	pkcs1 := x509.MarshalPKCS1PublicKey(key)
	for name, text := range map[string]string{
		"PEM": pubRsa, "PEM with CRLF": strings.ReplaceAll(pubRsa, "\n", "\r\n"), "PEM in one line": strings.ReplaceAll(strings.TrimSpace(pubRsa), "\n", " "),
		"PEM with \\n": strings.ReplaceAll(pubRsa, "\n", `\n`), "PEM without lines": strings.ReplaceAll(pubRsa, "\n", ""), "text around": "key:\n" + pubRsa + "\nend",
		"PKCS 1": pemOf("RSA PUBLIC KEY", pkcs1), "base64": b64, "base64 in lines": b64[:64] + "\r\n" + b64[64:100] + "\n" + b64[100:] + "\n", "base64url": base64.URLEncoding.EncodeToString(der),
		"base64 of PKCS 1": base64.StdEncoding.EncodeToString(pkcs1), "base64 of PEM": base64.StdEncoding.EncodeToString([]byte(pubRsa)),
	} {
		keys, err := parsePublicKeys(text)
		if err != nil || len(keys) != 1 || !key.Equal(keys[0].key) {
			t.Errorf("%s: %v, %v", name, keys, err)
		}
	}
	set, err := parsePublicKeys(testSet)
	if err != nil || len(set) != 4 || set[0].id != "rsa-1" || !key.Equal(set[0].key) {
		t.Errorf("the set: %v, %v", set, err)
	}
}

func TestTheBytesOfAnEd25519KeyAreRead(t *testing.T) {
	any, err := x509.ParsePKIXPublicKey(derOf(t, pubEd))
	if err != nil {
		t.Fatal(err)
	}
	key := any.(ed25519.PublicKey)
	for _, text := range []string{hex.EncodeToString(key), strings.ToUpper(hex.EncodeToString(key)), base64.StdEncoding.EncodeToString(key), base64.RawURLEncoding.EncodeToString(key), pubEd} {
		keys, err := parsePublicKeys(" " + text + "\n")
		if err != nil || len(keys) != 1 || !key.Equal(keys[0].key) {
			t.Errorf("%s: %v, %v", text, keys, err)
		}
	}
}

func TestOfAChainTheFirstCertificateCounts(t *testing.T) {
	rootText, root, rootKey := certificate(t, "root.example", nil, nil)
	leafText, leaf, _ := certificate(t, "leaf.example", root, rootKey)
	for _, text := range []string{leafText, leafText + rootText, rootText + leafText, base64.StdEncoding.EncodeToString(leaf.Raw)} {
		keys, err := parsePublicKeys(text)
		if err != nil || len(keys) != 1 || !leaf.PublicKey.(*ecdsa.PublicKey).Equal(keys[0].key) {
			t.Errorf("%d keys, %v, expected that of the leaf", len(keys), err)
		}
	}
	if keys, err := parsePublicKeys(leafText + pubRsa + pubEd); err != nil || len(keys) != 3 {
		t.Errorf("%d keys, %v, expected three", len(keys), err)
	}
}

func TestKeysThatProveNothingAreRefused(t *testing.T) {
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	small.N.Rsh(small.N, 8)
	weak, err := x509.MarshalPKIXPublicKey(&small.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	odd, err := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := x509.MarshalPKIXPublicKey(&odd.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"nothing": "", "text": "whsec_abc", "private": privRsa, "short RSA": pemOf("PUBLIC KEY", weak), "P-224": pemOf("PUBLIC KEY", curve),
		"open PEM": pubRsa[:100], "bad PEM": "-----BEGIN PUBLIC KEY-----\n!!\n-----END PUBLIC KEY-----", "other end": strings.Replace(pubRsa, "END PUBLIC", "END OTHER", 1),
		"31 bytes": strings.Repeat("ab", 31), "shared JWK": `{"kty":"oct","k":"AAAA"}`, "off the curve": `{"kty":"EC","crv":"P-256","x":"AQ","y":"AQ"}`,
		"even exponent": `{"kty":"RSA","n":"AQAB","e":"AQ"}`, "no keys": `{"keys":[]}`, "not JSON": "{", "encryption": strings.Replace(testSet, `"use"`, `"use": "enc", "x-use"`, 1)[:200],
		"huge": strings.Repeat("A", maxKeyText+1), "many": strings.Repeat(pubEd, maxPublicKeys+1), "many JWK": `{"keys":[` + strings.Repeat(`{},`, maxPublicKeys) + `{}]}`,
	} {
		if keys, err := parsePublicKeys(text); err == nil {
			t.Errorf("%s is read as %d keys", name, len(keys))
		}
	}
}

// jwkEd is the key pair of RFC 8037, appendix A.1, jwkEC that of RFC 7515, A.3.
const (
	jwkEd = `{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`
	jwkEC = `{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}`
)

func TestAPrivateKeyIsReadInEveryForm(t *testing.T) {
	text := []byte("signed")
	for private, c := range map[string]struct {
		public string
		a      PublicAlgorithm
	}{
		privRsa: {pubRsa, RSASHA256}, privP256: {pubP256, ECDSASHA1}, privP521: {pubP521, ECDSASHA512}, privEd: {pubEd, Ed25519},
		base64.StdEncoding.EncodeToString(derOf(t, privRsa)): {pubRsa, RSAPSSSHA512}, strings.ReplaceAll(privRsa, "\n", `\n`): {pubRsa, RSASHA1},
		jwkEd: {jwkEd, Ed25519}, jwkEC: {jwkEC, ECDSASHA256},
		"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60": {jwkEd, Ed25519}, "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=": {jwkEd, Ed25519},
	} {
		signer, err := parsePrivateKey(private)
		if err != nil {
			t.Fatal(err)
		}
		sig, err := c.a.sign(signer, [][]byte{text[:3], text[3:]})
		if err != nil {
			t.Fatal(err)
		}
		keys, err := parsePublicKeys(c.public)
		if err != nil || !c.a.verify(keys[0].key, [][]byte{text}, sig) {
			t.Errorf("%s: the signature does not verify: %v", c.a, err)
		}
		for _, other := range []PublicAlgorithm{Ed25519, RSASHA256, RSAPSSSHA256, ECDSASHA384, "none", ""} {
			if other != c.a && other.verify(keys[0].key, [][]byte{text}, sig) {
				t.Errorf("%s verifies as %s", c.a, other)
			}
		}
		if c.a.verify(keys[0].key, [][]byte{text[:5]}, sig) || c.a.verify(keys[0].key, [][]byte{text}, sig[1:]) || c.a.verify(nil, nil, sig) {
			t.Errorf("%s verifies what was not signed", c.a)
		}
	}
	for _, text := range []string{"", "x", pubRsa, "{}", jwkEd[:40] + `"}`, strings.Repeat("A", maxKeyText+1)} {
		if _, err := parsePrivateKey(text); err == nil {
			t.Errorf("%.30q is read as a private key", text)
		}
	}
}
