package interop

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"

	"github.com/bwmarrin/discordgo"
	"github.com/sendgrid/sendgrid-go/helpers/eventwebhook"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/validators"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/verifiers"

	"shopbell/providers/signature"
)

// keyLibraries judge what was signed with a private key made for the test.
func keyLibraries() []library {
	discord, discordKey := edwards()
	mail, mailKey := p256()
	pay, payKey := rsa2048()
	return []library{
		{provider: "discord", module: "discordgo", secret: hex.EncodeToString(discord), key: discordKey, judge: func(d delivery) error {
			return took(discordgo.VerifyInteraction(d.request(), discord))
		}},
		{provider: "sendgrid", module: "sendgrid-go", secret: mail, key: mailKey, judge: func(d delivery) error {
			key, err := eventwebhook.ConvertPublicKeyBase64ToECDSA(d.secret)
			if err != nil {
				return err
			}
			ok, err := eventwebhook.VerifySignature(key, d.Body, d.get(eventwebhook.VerificationHTTPHeader), d.get(eventwebhook.TimestampHTTPHeader))
			if err != nil {
				return err
			}
			return took(ok)
		}},
		{provider: "wechat_pay", module: "wechatpay-go", secret: inPublicPEM(&pay), key: payKey,
			header: []signature.Field{{Name: "Wechatpay-Serial", Value: "PUB_KEY_ID_0001"}}, judge: func(d delivery) error {
				verifier := verifiers.NewSHA256WithRSAPubkeyVerifier("PUB_KEY_ID_0001", pay)
				return validators.NewWechatPayNotifyValidator(verifier).Validate(context.Background(), d.request())
			}},
	}
}

// edwards makes an Ed25519 pair, the private key in PEM.
func edwards() (ed25519.PublicKey, string) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(err)
	}
	return public, inPEM(private)
}

// p256 makes an ECDSA pair, the public key as base64 of its DER form.
func p256() (public, private string) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		panic(err)
	}
	return base64.StdEncoding.EncodeToString(der), inPEM(key)
}

// rsa2048 makes an RSA pair, the private key in PEM.
func rsa2048() (rsa.PublicKey, string) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key.PublicKey, inPEM(key)
}

func inPublicPEM(key any) string {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		panic(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

func inPEM(key any) string {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		panic(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}
