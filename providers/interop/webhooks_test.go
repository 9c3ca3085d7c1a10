package interop

import (
	"encoding/base64"
	"strings"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/replicate/replicate-go"
	"github.com/resend/resend-go/v3"
	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"
	svix "github.com/svix/svix-webhooks/go"
)

// The providers that sign by one of the two published schemes.
const (
	standardProviders = "standard_webhooks anthropic fathom gemini openai replicate folk gitlab_signed render supabase dodopayments incident_io"
	svixProviders     = "svix clerk resend brex lithic stytch etsy vanta shipbob pleo guesty nash beehiiv safebase sardine psi_fi signatureapi"
)

// raw is a secret that is no base64.
const raw = "polar_whs_not.base64-at-all"

const whsec = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

// webhookLibraries are those of the two published schemes that dozens of
// providers share, and of providers that wrap them.
func webhookLibraries() []library {
	out := []library{
		{provider: "openai", module: "openai-go", secret: whsec, judge: func(d delivery) error {
			client := openai.NewClient(option.WithAPIKey("none"), option.WithWebhookSecret(d.secret))
			return client.Webhooks.VerifySignature(d.Body, d.header())
		}},
		{provider: "replicate", module: "replicate-go", secret: whsec, judge: func(d delivery) error {
			ok, err := replicate.ValidateWebhookRequest(d.request(), replicate.WebhookSigningSecret{Key: d.secret})
			if err != nil {
				return err
			}
			return took(ok)
		}},
		{provider: "resend", module: "resend-go", secret: whsec, judge: func(d delivery) error {
			return resend.NewClient("none").Webhooks.Verify(&resend.VerifyWebhookOptions{Payload: string(d.Body), WebhookSecret: d.secret,
				Headers: resend.WebhookHeaders{Id: d.get("Svix-Id"), Timestamp: d.get("Svix-Timestamp"), Signature: d.get("Svix-Signature")}})
		}},
	}
	for id := range strings.FieldsSeq(standardProviders) {
		out = append(out, library{provider: id, module: "standard-webhooks", secret: whsec, judge: byStandard})
	}
	// These take the bytes of the secret as they are; the library only
	// knows the encoded form.
	for id := range strings.FieldsSeq("polar bigcommerce increase") {
		out = append(out, library{provider: id, module: "standard-webhooks", judge: byStandard,
			secret: base64.StdEncoding.EncodeToString([]byte(raw)), ours: raw})
	}
	for id := range strings.FieldsSeq(svixProviders) {
		out = append(out, library{provider: id, module: "svix-webhooks", secret: whsec, judge: bySvix})
	}
	return out
}

func byStandard(d delivery) error {
	hook, err := standard.NewWebhook(d.secret)
	if err != nil {
		return err
	}
	return hook.Verify(d.Body, d.header())
}

func bySvix(d delivery) error {
	hook, err := svix.NewWebhook(d.secret)
	if err != nil {
		return err
	}
	return hook.Verify(d.Body, d.header())
}
