package inspector_test

import (
	"context"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// offer is a first request that brings the secret of the deliveries.
var offer = post("", "X-Hook-Secret: "+shakerSecret)

// paid is a delivery signed with it.
func paid(id string) string {
	body := `{"type":"paid","id":"` + id + `"}`
	return post(body, "X-Signature: "+hex.EncodeToString(mac(body)))
}

// unarmed is an endpoint without a secret.
func unarmed(learn bool) inspector.Endpoint {
	e := shaken()
	e.Secrets, e.LearnSecret = nil, learn
	return e
}

func TestAnOfferedSecretIsTakenOnlyWithConsent(t *testing.T) {
	r := start(t, []inspector.Endpoint{unarmed(false)}, shaker(t, echoHeader))
	r.raw(offer)
	k := r.only()
	if !k.OffersSecret || k.Pinned {
		t.Errorf("kept as %+v", k.Summary)
	}
	secret, err := r.inspector.OfferedSecret(context.Background(), k.ID)
	if err != nil || secret.Value() != shakerSecret {
		t.Errorf("offered %q, %v", secret.Value(), err)
	}
	r.raw(paid("1"))
	if got := r.captures()[0]; got.Outcome != signature.NoSecret {
		t.Errorf("a delivery was judged %s with a secret that nobody agreed to", got.Outcome)
	}
	if _, err := r.inspector.OfferedSecret(context.Background(), r.captures()[0].ID); !errors.Is(err, inspector.ErrNoOffer) {
		t.Errorf("an ordinary delivery offers a secret: %v", err)
	}
}

func TestALearnedSecretJudgesAtOnceAndAfterARestart(t *testing.T) {
	var log logged
	with := shaker(t, echoHeader)
	r := start(t, []inspector.Endpoint{unarmed(true)}, func(o *inspector.Options) { with(o); o.Log = log.logger() })
	r.raw(offer)
	r.raw(post("", "X-Hook-Secret: "+strings.Repeat("f", 32))) // somebody else's: the first one stays
	r.raw(paid("1"))
	if got := r.captures()[0]; got.Outcome != signature.Verified {
		t.Errorf("judged %s, expected verified with the secret that was offered", got.Outcome)
	}
	if first := r.captures()[2]; !first.Pinned || first.Handshake != inspector.HandshakeAnswered {
		t.Errorf("kept as %+v, expected to be pinned", first)
	}
	if err := r.inspector.Configure(r.shop.URL(), []inspector.Endpoint{unarmed(true)}); err != nil {
		t.Fatal(err)
	}
	r.raw(paid("2"))
	if got := r.captures()[0]; got.Outcome != signature.Verified {
		t.Errorf("after a new start judged %s", got.Outcome)
	}
	if err := r.inspector.Configure(r.shop.URL(), []inspector.Endpoint{unarmed(false)}); err != nil {
		t.Fatal(err)
	}
	r.raw(paid("3"))
	if got := r.captures()[0]; got.Outcome != signature.NoSecret {
		t.Errorf("without consent judged %s", got.Outcome)
	}
	if strings.Contains(log.String(), shakerSecret) {
		t.Error("the log holds the secret")
	}
}

func TestAConfiguredSecretIsNotReplacedByAnOffer(t *testing.T) {
	e := shaken()
	e.LearnSecret = true
	r := start(t, []inspector.Endpoint{e}, shaker(t, echoHeader))
	r.raw(post("", "X-Hook-Secret: "+strings.Repeat("f", 32)))
	if k := r.only(); k.Pinned || !k.OffersSecret || k.Outcome != signature.Unsigned {
		t.Errorf("kept as %+v", k.Summary)
	}
	r.raw(paid("1"))
	if got := r.captures()[0]; got.Outcome != signature.Verified {
		t.Errorf("judged %s", got.Outcome)
	}
}

func TestWhatIsNoSecretIsNotOffered(t *testing.T) {
	r := start(t, []inspector.Endpoint{unarmed(true)}, shaker(t, bodyToken))
	for _, value := range []string{`""`, `7`, `{"a":1}`, `"a b"`, `"` + strings.Repeat("a", 600) + `"`} {
		r.raw(post(`{"verification_token":` + value + `}`))
		if got := r.captures()[0]; got.OffersSecret || got.Pinned {
			t.Errorf("%s: kept as %+v", value, got)
		}
	}
}

func TestJudgingAgainLeavesAHandshakeAsItWasAnswered(t *testing.T) {
	bare := shaken()
	bare.Secrets, bare.VerifyToken = nil, signature.Secret{}
	r := start(t, []inspector.Endpoint{bare}, shaker(t, echoQuery+echoJSON))
	r.raw(get("GET", "/t?hub.challenge=1&hub.verify_token=my-verify-token"))
	r.raw(post(`{"type":"url_verification","challenge":"1"}`, "X-Signature: "+strings.Repeat("00", 32)))
	if err := r.inspector.Configure(r.shop.URL(), []inspector.Endpoint{shaken()}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.inspector.Rejudge(context.Background(), "shaker"); err != nil {
		t.Fatal(err)
	}
	page := r.captures()
	refused, forged := r.get(page[1].ID), r.get(page[0].ID)
	last := refused.Verdict.Steps[len(refused.Verdict.Steps)-1]
	if refused.Handshake != inspector.HandshakeRefused || refused.Outcome != signature.Unsigned || last.OK {
		t.Errorf("judged again as %+v, %+v", refused.Summary, refused.Verdict)
	}
	if forged.Handshake != inspector.HandshakeAnswered || forged.Outcome != signature.Mismatch || forged.State != inspector.Kept {
		t.Errorf("judged again as %+v", forged.Summary)
	}
}
