package interop

import (
	"context"

	lemonsqueezy "github.com/NdoleStudio/lemonsqueezy-go"
	paddle "github.com/PaddleHQ/paddle-go-sdk/v4"
	razorpay "github.com/razorpay/razorpay-go/utils"
	square "github.com/square/square-go-sdk"
	squarehooks "github.com/square/square-go-sdk/webhooks/client"
	"github.com/stripe/stripe-go/v85/webhook"
)

func paymentLibraries() []library {
	return []library{
		{provider: "stripe", module: "stripe-go", secret: "whsec_5f3e0c1d2b4a697887a6b5c4d3e2f101", judge: func(d delivery) error {
			return webhook.ValidatePayload(d.Body, d.get("Stripe-Signature"), d.secret)
		}},
		{provider: "razorpay", module: "razorpay-go", secret: "razorpay webhook secret", judge: func(d delivery) error {
			return took(razorpay.VerifyWebhookSignature(string(d.Body), d.get("X-Razorpay-Signature"), d.secret))
		}},
		{provider: "paddle", module: "paddle-go-sdk", secret: "pdl_ntfset_01hx0000000000000000000000_abcdef", judge: func(d delivery) error {
			ok, err := paddle.NewWebhookVerifier(d.secret).Verify(d.request())
			if err != nil {
				return err
			}
			return took(ok)
		}},
		{provider: "square", module: "square-go-sdk", secret: "asdf1234-square-key", judge: func(d delivery) error {
			return new(squarehooks.Client).VerifySignature(context.Background(), &square.VerifySignatureRequest{
				RequestBody: string(d.Body), SignatureHeader: d.get("X-Square-HmacSha256-Signature"),
				SignatureKey: d.secret, NotificationURL: d.URL})
		}},
		{provider: "lemonsqueezy", module: "lemonsqueezy-go", secret: "lemon-secret", judge: func(d delivery) error {
			client := lemonsqueezy.New(lemonsqueezy.WithSigningSecret(d.secret))
			return took(client.Webhooks.Verify(context.Background(), d.get("X-Signature"), d.Body))
		}},
	}
}
