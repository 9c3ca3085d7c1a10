package interop

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"
	"github.com/stripe/stripe-go/v85/webhook"
	svix "github.com/svix/svix-webhooks/go"

	"shopbell/providers/signature"
)

// signer is one provider's library that signs.
type signer struct {
	provider, module string
	// secret verifies what sign signs.
	secret string
	sign   func(t *testing.T, m signature.Message) signature.Message
}

func signers() []signer {
	out := []signer{{"stripe", "stripe-go", stripeSecret, byStripe}}
	for id := range strings.FieldsSeq(standardProviders) {
		out = append(out, signer{id, "standard-webhooks", whsec, byStandardSign})
	}
	for id := range strings.FieldsSeq(svixProviders) {
		out = append(out, signer{id, "svix-webhooks", whsec, bySvixSign})
	}
	return slices.Concat(out, tokenSigners(), detachedSigners())
}

const stripeSecret = "whsec_stripe_0001"

func TestWeTakeWhatTheProvidersOwnLibrarySigns(t *testing.T) {
	for _, s := range signers() {
		t.Run(s.provider+" "+s.module, func(t *testing.T) {
			p := provider(t, s.provider)
			m := s.sign(t, message(t, p, "", nil))
			secrets := []signature.Secret{signature.NewSecret("#1", s.secret)}
			if v := p.Judge(m, secrets, time.Now()); v.Outcome != signature.Verified {
				t.Errorf("outcome %s\n%+v", v.Outcome, v.Steps)
			}
			m.Body = append([]byte(" "), m.Body...)
			if v := p.Judge(m, secrets, time.Now()); v.Outcome == signature.Verified {
				t.Error("verified with a changed body")
			}
		})
	}
}

func byStripe(_ *testing.T, m signature.Message) signature.Message {
	signed := webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Payload: m.Body, Secret: stripeSecret, Timestamp: time.Now()})
	m.Header = m.Header.With("Stripe-Signature", signed.Header)
	return m
}

func byStandardSign(t *testing.T, m signature.Message) signature.Message {
	hook, err := standard.NewWebhook(whsec)
	return signedBy(t, m, err, hook.Sign)
}

func bySvixSign(t *testing.T, m signature.Message) signature.Message {
	hook, err := svix.NewWebhook(whsec)
	return signedBy(t, m, err, hook.Sign)
}

func signedBy(t *testing.T, m signature.Message, err error, sign func(string, time.Time, []byte) (string, error)) signature.Message {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	value, err := sign("msg_interop_1", now, m.Body)
	if err != nil {
		t.Fatal(err)
	}
	m.Method = http.MethodPost
	// The scheme has two sets of names; the provider's example shows its own.
	names := "Webhook-"
	if m.Header.Has("Svix-Id") {
		names = "Svix-"
	}
	m.Header = m.Header.With(names+"Id", "msg_interop_1").With(names+"Timestamp", itoa(now.Unix())).With(names+"Signature", value)
	return m
}
