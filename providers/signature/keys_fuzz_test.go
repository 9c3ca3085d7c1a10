package signature

import (
	"strings"
	"testing"
)

func FuzzKeys(f *testing.F) {
	for _, text := range []string{pubRsa, pubP256, pubEd, privEd, privP256, testSet, jwkEd, jwkEC, trueLayerSet, cavageKey, strings.Repeat("ab", 32), "MCowBQYDK2VwAyEA", `{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}`, "-----BEGIN X-----\nAAAA\n-----END X-----"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		keys, err := parsePublicKeys(text)
		if (err == nil) != (len(keys) > 0) || len(keys) > maxPublicKeys {
			t.Fatalf("%d keys with %v", len(keys), err)
		}
		for _, k := range keys {
			for _, a := range []PublicAlgorithm{Ed25519, RSASHA256, RSAPSSSHA512, ECDSASHA256} {
				if a.verify(k.key, [][]byte{[]byte("x")}, []byte("not a signature")) {
					t.Errorf("anything verifies with %s", keyInWords(k.key))
				}
			}
		}
		if signer, err := parsePrivateKey(text); err == nil && checkKey(signer.Public()) != nil {
			t.Errorf("a private key whose public half is refused")
		}
	})
}
