package interop

import (
	"github.com/EasyPost/easypost-go/v4"
	goshopify "github.com/bold-commerce/go-shopify/v4"
	"github.com/workos/workos-go/v6/pkg/webhooks"
)

func commerceLibraries() []library {
	return []library{
		{provider: "shopify", module: "go-shopify", secret: "hush", judge: func(d delivery) error {
			return took(goshopify.App{ApiSecret: d.secret}.VerifyWebhookRequest(d.request()))
		}},
		{provider: "easypost", module: "easypost-go", secret: "sécret", judge: func(d delivery) error {
			_, err := new(easypost.Client).ValidateWebhook(d.Body, map[string]any{"X-Hmac-Signature": d.get("X-Hmac-Signature")}, d.secret)
			return err
		}},
		{provider: "workos", module: "workos-go", secret: "whsec_workos0001", judge: func(d delivery) error {
			_, err := webhooks.NewClient(d.secret).ValidatePayload(d.get("WorkOS-Signature"), string(d.Body))
			return err
		}},
	}
}
