package console_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shopbell/providers/signature"
)

// acmeSecret is what TWEED_SECRET holds in the tests.
const acmeSecret = "tweed-signing-secret-0001"

// acme makes a delivery of a provider that no catalogue has.
func acme(body string, at time.Time) signature.Message {
	stamp := fmt.Sprint(at.Unix())
	mac := hmac.New(sha512.New, []byte(acmeSecret))
	mac.Write([]byte(stamp + "|" + body))
	return signature.Message{Method: "POST", Target: "/acme", Body: []byte(body), Header: signature.Header{
		{Name: "Host", Value: "shop.example"}, {Name: "Content-Type", Value: "application/json"},
		{Name: "X-Acme-Sig", Value: "v=2;t=" + stamp + ";s=" + hex.EncodeToString(mac.Sum(nil))},
		{Name: "Content-Length", Value: fmt.Sprint(len(body))},
	}}
}

// settled returns a folder with an empty settings file, and the flag that names it.
func settled(t *testing.T) (dir string, flags []string) {
	t.Helper()
	dir = t.TempDir()
	file := filepath.Join(dir, "shopbell.toml")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, []string{"--config", file}
}

func TestAProviderOfOnesOwnIsMadeFromOneDeliveryAndVerifiesLive(t *testing.T) {
	dir, config := settled(t)
	m := acme(`{"kind":"parcel.sent","no":"PX 1001"}`, time.Now())
	code, out, talk := run(t, m.Raw(), append([]string{"providers", "new", "--id", "acme", "--name", "Acme",
		"--docs", "https://acme.example/hooks", "--secret", "env:TWEED_SECRET", "-"}, config...)...)
	if code != 0 || !strings.Contains(out, "Signature verified") {
		t.Fatalf("ended with %d: %s%s", code, out, talk)
	}
	holdsNoSecret(t, dir)
	code, out, _ = run(t, nil, append([]string{"providers", "acme", "--json"}, config...)...)
	if code != 0 || !strings.Contains(out, `"own":true`) {
		t.Errorf("providers acme ended with %d: %s", code, out)
	}
	serve := startServe(t, t.TempDir(), append([]string{"--shop", newShop(t).URL, "--endpoint", "acme=env:TWEED_SECRET"}, config...)...)
	address := serve.ready["endpoints"].([]any)[0].(map[string]any)["url"].(string)
	send(t, address, acme(`{"kind":"parcel.lost","no":"PX 1002"}`, time.Now()))
	capture := serve.next(t)
	if capture["provider"] != "acme" || capture["outcome"] != "verified" {
		t.Errorf("captured %v, expected acme, verified", capture)
	}
}

func TestAnOwnProviderIsReadWhileServeRuns(t *testing.T) {
	dir, config := settled(t)
	serve := startServe(t, t.TempDir(), append([]string{"--shop", newShop(t).URL}, config...)...)
	m := acme(`{"kind":"parcel.sent"}`, time.Now())
	if code, out, talk := run(t, m.Raw(), append([]string{"providers", "new", "--id", "acme", "--name", "Acme",
		"--docs", "https://acme.example/hooks", "--secret", "env:TWEED_SECRET", "-"}, config...)...); code != 0 {
		t.Fatalf("ended with %d: %s%s", code, out, talk)
	}
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		send(t, serve.url("/any"), acme(`{"kind":"parcel.sent"}`, time.Now()))
		capture := serve.next(t)
		serve.next(t) // its delivery
		if capture["provider"] == "acme" {
			return
		}
	}
	t.Errorf("%s was not read within %s", dir, patience)
}

func TestAMistakeInAnOwnProviderIsToldWithItsLine(t *testing.T) {
	dir, config := settled(t)
	own := filepath.Join(dir, "providers")
	if err := os.MkdirAll(own, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(own, "acme.toml"), []byte("id = \"acme\"\nname = \"Acme\"\nsecret_place = \"here\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, talk := run(t, nil, append([]string{"providers"}, config...)...)
	if code != 0 || !strings.Contains(out, "\ntweed ") {
		t.Errorf("ended with %d, expected the others: %s", code, out)
	}
	if !strings.Contains(talk, "acme.toml:3") || !strings.Contains(talk, "secret_place") {
		t.Errorf("said %q, expected file, line and key", talk)
	}
}

func TestNoSchemeIsMadeUpForAWrongSecret(t *testing.T) {
	dir, config := settled(t)
	m := acme(`{"kind":"parcel.sent"}`, time.Now())
	code, _, talk := run(t, m.Raw(), append([]string{"providers", "new", "--id", "acme", "--name", "Acme",
		"--docs", "https://acme.example/hooks", "--secret", "quite another secret", "-"}, config...)...)
	if code != 1 || !strings.Contains(talk, "no form of signature that was tried") {
		t.Errorf("ended with %d: %s", code, talk)
	}
	if _, err := os.Stat(filepath.Join(dir, "providers")); err == nil {
		t.Error("a file was written all the same")
	}
}

func TestATokenIsNotKeptWithItsDelivery(t *testing.T) {
	for name, field := range map[string]signature.Field{
		"bearer": {Name: "Authorization", Value: "Bearer " + acmeSecret},
		"plain":  {Name: "X-Acme-Token", Value: acmeSecret},
	} {
		dir, config := settled(t)
		m := acme(`{"kind":"parcel.sent"}`, time.Now())
		m.Header[2] = field
		code, out, talk := run(t, m.Raw(), append([]string{"providers", "new", "--id", "acme", "--name", "Acme",
			"--docs", "https://acme.example/hooks", "--secret", "env:TWEED_SECRET", "-"}, config...)...)
		if code != 0 {
			t.Fatalf("%s: ended with %d: %s%s", name, code, out, talk)
		}
		holdsNoSecret(t, dir)
		if code, out, talk = run(t, nil, append([]string{"providers", "acme"}, config...)...); code != 0 || talk != "" {
			t.Errorf("%s: providers acme ended with %d: %s%s", name, code, out, talk)
		}
	}
}

func TestTheSchemaIsJSON(t *testing.T) {
	code, out, _ := run(t, nil, "providers", "schema")
	var schema map[string]any
	if err := json.Unmarshal([]byte(out), &schema); code != 0 || err != nil || schema["properties"] == nil {
		t.Errorf("ended with %d, %v: %.80s", code, err, out)
	}
}

func send(t *testing.T, address string, m signature.Message) {
	t.Helper()
	r, err := http.NewRequest(m.Method, address, bytes.NewReader(m.Body))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range m.Header[1:3] {
		r.Header[f.Name] = []string{f.Value}
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
}

// holdsNoSecret looks for the secret in every file of dir.
func holdsNoSecret(t *testing.T, dir string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(acmeSecret)) {
			t.Errorf("%s holds the secret", path)
		}
		return err
	})
	if err != nil || files < 3 {
		t.Errorf("%d files, %v: expected the provider, its delivery and the schema", files, err)
	}
}

func TestProvidersNewTellsWhatIsWrongWithItsInput(t *testing.T) {
	dir, config := settled(t)
	m := acme(`{"kind":"parcel.sent"}`, time.Now())
	bare := m
	bare.Header = m.Header[:2]
	own := filepath.Join(dir, "providers")
	if err := os.MkdirAll(own, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(own, "taken.toml"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, id, docs, secret string
		input                  []byte
		code                   int
		says                   string
	}{
		{"no signature", "acme", "https://acme.example/hooks", "env:TWEED_SECRET", bare.Raw(), 1, "nothing in this delivery looks like a signature"},
		{"a head that ends early", "acme", "https://acme.example/hooks", "env:TWEED_SECRET", []byte("POST /acme HTTP/1.1\r\nHost: shop.exa"), 2, "expected an empty line before the body"},
		{"nothing at all", "acme", "https://acme.example/hooks", "env:TWEED_SECRET", nil, 2, "it is empty"},
		{"a body too large", "acme", "https://acme.example/hooks", "env:TWEED_SECRET", append(m.Raw(), make([]byte, 33<<20)...), 2, "the request body is too large"},
		{"a wrong id", "Acme!", "https://acme.example/hooks", "env:TWEED_SECRET", m.Raw(), 2, "expected small letters"},
		{"a wrong address", "acme", "acme.example", "env:TWEED_SECRET", m.Raw(), 2, "expected the https address"},
		{"an id that is taken", "taken", "https://acme.example/hooks", "env:TWEED_SECRET", m.Raw(), 1, "is there already"},
		{"no secret", "acme", "https://acme.example/hooks", "", m.Raw(), 2, "providers new needs --secret"},
	} {
		code, out, talk := run(t, c.input, append([]string{"providers", "new", "--id", c.id, "--name", "Acme", "--docs", c.docs, "--secret", c.secret, "-"}, config...)...)
		if code != c.code || !strings.Contains(talk, c.says) || out != "" {
			t.Errorf("%s: ended with %d, expected %d: %s%s", c.name, code, c.code, out, talk)
		}
	}
}
