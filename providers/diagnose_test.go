package providers

import (
	"strings"
	"testing"
	"time"

	"shopbell/providers/signature"
)

func TestAMissingSecretIsExplainedWithWhereToFindIt(t *testing.T) {
	n := 0
	for _, p := range embedded(t).All() {
		for _, own := range [][]signature.Secret{nil, {signature.NewSecret("#1", "")}} {
			d := p.Diagnose(t.Context(), p.Examples[0].Message, own, nil, p.Examples[0].At)
			if !p.Signs {
				if d != nil {
					t.Errorf("%s signs nothing, yet its diagnosis is %+v", p.ID, d)
				}
				continue
			}
			n++
			if d == nil || !strings.Contains(d.Do, strings.TrimSuffix(p.SecretWhere, ".")) || !strings.Contains(d.Do, p.Docs) || !strings.HasPrefix(d.Says, p.Name) {
				t.Errorf("%s: diagnosis %+v, expected where the secret is found", p.ID, d)
			}
		}
	}
	if n == 0 {
		t.Error("no provider signs")
	}
}

func TestADiagnosisOfTheSchemeIsPassedOn(t *testing.T) {
	p, e := example(t, "tweed-done")
	other := []signature.Secret{signature.NewSecret("#1", "other")}
	keyring := []signature.Keyring{{Endpoint: "live", Secrets: e.secrets()}}
	if d := p.Diagnose(t.Context(), e.Message, e.secrets(), nil, e.At); d != nil {
		t.Errorf("diagnosis %+v of a genuine delivery", d)
	}
	if d := p.Diagnose(t.Context(), e.Message, other, keyring, e.At); d == nil || d.Cause != signature.SecretOfOtherEndpoint || strings.Contains(d.Do, p.Docs) {
		t.Errorf("diagnosis %+v, expected the secret of live alone", d)
	}
	if d := p.Diagnose(t.Context(), e.Message, nil, keyring, e.At); d == nil || d.Cause != signature.SecretOfOtherEndpoint {
		t.Errorf("diagnosis %+v without a secret, expected the secret of live", d)
	}
	bare := e.Message
	bare.Header = bare.Header.With("X-Hub-Signature-256", strings.TrimPrefix(bare.Header.Get("X-Hub-Signature-256"), "sha256="))
	if d := p.Diagnose(t.Context(), bare, e.secrets(), nil, e.At); d == nil || d.Cause != signature.SignaturePrefix || !strings.Contains(d.Do, p.Docs) {
		t.Errorf("diagnosis %+v, expected the missing prefix and the documentation", d)
	}
	if d := (Provider{}).Diagnose(t.Context(), e.Message, nil, nil, e.At); d != nil {
		t.Errorf("diagnosis %+v by nobody", d)
	}
}

func TestAFieldThatStandsThereTwiceIsRefused(t *testing.T) {
	p, e := example(t, "yshop-paid")
	m := e.Message
	m.Body = []byte(strings.Replace(string(m.Body), "{", `{"id":"evil",`, 1))
	v := p.Judge(m, e.secrets(), e.At)
	if v.Outcome != signature.Malformed || !strings.Contains(v.Steps[len(v.Steps)-1].Evidence, "id in the body stands there 2 times") {
		t.Errorf("outcome %s with %+v", v.Outcome, v.Steps)
	}
}

func TestADeliveryOfAnotherProviderIsToldSo(t *testing.T) {
	all := embedded(t)
	_, e := example(t, "tweed-done")
	wrong := provider(t, "yshop")
	i := signature.Inquiry{Message: e.Message, Own: e.secrets(), Endpoint: "shop", Now: e.At, Within: time.Minute}
	d := all.Diagnose(t.Context(), wrong, i)
	if d == nil || d.Cause != signature.OtherProvider || d.Fix == nil || d.Fix.Kind != signature.ChangeProvider || !strings.Contains(d.Says, "Tweed") {
		t.Errorf("diagnosis %+v, expected a delivery of Tweed", d)
	}
	i.Own = []signature.Secret{signature.NewSecret("#1", "the key of this endpoint")}
	i.Others = []signature.Keyring{{Endpoint: "tweed live", Provider: "tweed", Secrets: e.secrets()}}
	d = all.Diagnose(t.Context(), wrong, i)
	if d == nil || d.Cause != signature.OtherProvider || d.Endpoint != "tweed live" || d.Fix.Kind != signature.MoveToEndpoint {
		t.Errorf("diagnosis %+v, expected that it came to the wrong endpoint", d)
	}
}
