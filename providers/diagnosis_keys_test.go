package providers

import (
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"sync"
)

// keyPair is a key pair in PEM.
type keyPair struct{ public, private string }

type pairs struct{ ed25519, rsa keyPair }

// keyPairs are fixed, so that each run signs the same.
var keyPairs = sync.OnceValue(func() pairs {
	private := ed25519.NewKeyFromSeed([]byte("a seed of 32 bytes for this test"))
	block, _ := pem.Decode([]byte(rsaKey))
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		panic(err)
	}
	long, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		panic("the key of this test is none of RSA")
	}
	return pairs{pairOf(private.Public(), private), pairOf(&long.PublicKey, long)}
})

func pairOf(public, private any) keyPair {
	a, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		panic(err)
	}
	b, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		panic(err)
	}
	return keyPair{string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: a})),
		string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: b}))}
}

// privateKey is what signs for a public key of keyPairs.
func privateKey(public string) string {
	for _, pair := range []keyPair{keyPairs().ed25519, keyPairs().rsa} {
		if pair.public == public {
			return pair.private
		}
	}
	return ""
}

// rsaKey was made with openssl genpkey for this test alone.
const rsaKey = `-----BEGIN PRIVATE KEY-----
MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDZ/NYWz7XAqR8U
mIakBS5Ji7Xo6CYX9xbo6iyErQwUP48/XIIFTK6DU2AbvmrdOvSsOJ2H5f2Z/nU7
C0eqwH+/zYDEyFHx23ZCe3O6vugbOQ3FnZe9djkLaisapU4P+XOmmqvVyPuMAAOi
WxPhj0iCqMY7bfaarevJAg5zQ1jYg1ACQt5xZCIu1uR/UXiSl2lPCBRcA6YF68wp
cuUzao5uAyuk25+vPVuzx4KXlEWDJsUBlCr+CIj6qQISjTbYpmSo2bJFEce5X1uQ
qKXk7EwmcuVDBtxIqGUlSpFjoAKWlv0l09tcF5jKe0sMa6T047FZPwEbO1u0GR6c
LFOafIxjAgMBAAECggEAEEHarEwvZOqisRmIU8E4fi8CO8LchxsGxWDO6HzeEsCE
FsNNGxy97c4RCTX+qE3WTjsmsdTwQJoz9K8BraAPpvv/ki19FwmOsfnyW/IS7hIn
jx5oC67pJYsfIyyYPCQW1k0LawqYirdm41E26V097iis0rp/vXIidz+aWPROiE8X
eraQZyWTwMuHhIrH2twMdhGw8Y+znbZntJ1bWHjbHkwWNd6zX0/HCf9+T6w06Xyw
H51YDYCBB246H66Q1DvYCuGCyKw1qNo1oM3MBtdx5bOU0XCtOVsAnz4Ig30bRqRK
0rt+uibEnyJJBkQ1uCEE/OUd2UR4rly5dKRpQw+tiQKBgQD5l5hbgt2xy1qrARBa
FI+tjASrkaHLNd8ocBgxIIcmC7w+enK9uK6WEC2zVecurTVbFSasNspEfebttpRw
X5N1GkxzGa2gBxrjTaRD+sZ4Mw76CCprby7iXyQsIDTidoji5/8W2eZht56zxDzg
4837i8YuINIdwXlLOqfB8h8cbwKBgQDflYaBTkVXCUcZI1j/42JdAY+ENI0OZkg9
ZXYC3/M6wXhBlO5g1hx3ttj6KW75hVI+auSeCa4dzUPkdO/Tt6EAfSsppod98Kwm
iTJ3JWncjOGl7zQDzKpYNr47JIBMSr9NtYe7d0WeeHFHukyfEi5SNDrJ4SGcW1bN
/ABSn6xxTQKBgE0SJ6TSYzy8i5HUcUUvpjIz01lbTfee+frVqlK5NaJk60rrqrS0
64xBEKuY8hsytxAaFugEvy6pJf7vayTMDo+RgFvmaPvKVd4sonWvYUvKkGxayyaD
nZmfQV8yzsHDUn+mndljjcVM2v+tsBLNpVRwk9C4p8kybg7x3M2Bw2OXAoGBAKMK
1+YNXNVGZ7l2JF2dxEoMbEq9Q6uffMiA55jbFPTgxsAUSe0F1gaaqQlsE4gT59Cq
hIKWjoke+YZsm8MpYlgH7uTVknKNggwr+kgWWWdCuP4XPDgVFJd1fC2GxaRc0bpq
SUu0g2k3bWwf9+X8DRlXCxPSf38UwG0/ekDGPar1AoGBAKXOPPxdgUdm1wJe5aP8
wPthVCsofN9nZGqNLkwIyguXUaZQm7wrpcArusXpRdVjLTdXqj1QxfsTtByqDm7w
lArNkJUD3BNcdeF9GboD/beVum6kif6n2iRmEZSpaNYi28Nus7qFHiki2iuMGeba
RmJ76/MBTcEVkftAeZKqHOVS
-----END PRIVATE KEY-----
`
