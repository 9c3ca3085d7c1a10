package engine_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"shopbell/app/engine"
	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

const clioHook = `[[endpoint]]
name = "clio"
provider = "clio" # practice management
path = "/clio/x"
`

const offeredSecret = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"

// send sends a request with one header to the endpoint of clio.
func send(t *testing.T, e *engine.Engine, body, name, value string) inspector.Summary {
	t.Helper()
	m := signature.Message{Method: "POST", Target: "/clio/x", Body: []byte(body), Header: signature.Header{
		{Name: "Content-Type", Value: "application/json"}, {Name: name, Value: value},
	}}
	if _, err := inspectortest.Send(t.Context(), e.Local().URL, m); err != nil {
		t.Fatal(err)
	}
	return newest(t, e)
}

func signed(body string) string {
	mac := hmac.New(sha256.New, []byte(offeredSecret))
	mac.Write([]byte(body))
	return hex.EncodeToString(mac.Sum(nil))
}

func TestAnOfferedSecretIsTakenIntoTheKeyring(t *testing.T) {
	e, o := scene(t, clioHook, nil)
	offer := send(t, e, "", "X-Hook-Secret", offeredSecret)
	if !offer.OffersSecret {
		t.Fatalf("the request offers nothing: %+v", offer)
	}
	const body = `{"meta":{"event":"updated"},"data":{"id":1}}`
	if got := send(t, e, body, "X-Hook-Signature", signed(body)); got.Outcome != signature.NoSecret {
		t.Fatalf("before, a delivery is %s", got.Outcome)
	}
	for range 2 { // the second time it is there already
		if name, err := e.UseOfferedSecret(t.Context(), offer.ID); err != nil || name != "clio" {
			t.Fatalf("endpoint %q, %v", name, err)
		}
	}
	if got := newest(t, e); got.Outcome != signature.Verified {
		t.Errorf("after, the delivery is %s", got.Outcome)
	}
	text := read(t, o.File)
	if !strings.Contains(text, `secrets = ["keyring:clio"]`) || !strings.Contains(text, "# practice management") || strings.Contains(text, offeredSecret) {
		t.Errorf("the file became\n%s", text)
	}
}

func TestAFurtherOfferKeepsTheSecretsBeforeIt(t *testing.T) {
	e, o := scene(t, clioHook+"secrets = [\"keyring:clio\"]\n", map[string]string{"clio": "the first hook's"})
	offer := send(t, e, "", "X-Hook-Secret", offeredSecret)
	if _, err := e.UseOfferedSecret(t.Context(), offer.ID); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(e.Settings().Endpoints[0].Secrets); got != "[keyring:clio #2 keyring:clio]" {
		t.Errorf("the references are %s", got)
	}
	if kept, _ := o.Vault.Keyring.Get("clio"); kept != "the first hook's" {
		t.Error("the first secret was written over")
	}
}

func TestAnOfferThatCannotBeWrittenDownIsNotHalfTaken(t *testing.T) {
	e, o := scene(t, clioHook, nil)
	offer := send(t, e, "", "X-Hook-Secret", offeredSecret)
	if err := os.WriteFile(o.File, []byte("this is [not TOML"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := e.UseOfferedSecret(t.Context(), offer.ID); err == nil || strings.Contains(err.Error(), offeredSecret) {
		t.Errorf("it gave %v", err)
	}
	if _, err := o.Vault.Keyring.Get("clio"); err == nil || len(e.Settings().Endpoints[0].Secrets) > 0 {
		t.Error("the secret stayed behind")
	}
}

func TestADeliveryWithoutAnOfferGivesNoSecret(t *testing.T) {
	e, _ := scene(t, clioHook, nil)
	plain := send(t, e, "{}", "X-Hook-Signature", signed("{}"))
	if _, err := e.UseOfferedSecret(t.Context(), plain.ID); !errors.Is(err, inspector.ErrNoOffer) {
		t.Errorf("it gave %v", err)
	}
}
