package console_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shopbell/app/console"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// some are providers enough to see each kind of scheme; all of them are signed
// and verified by the tests of package providers.
func some(t *testing.T) []providers.Provider {
	t.Helper()
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	var out []providers.Provider
	kinds := map[string]int{}
	for _, p := range catalog.All() {
		if kinds[p.SchemeKind]++; p.Signs && kinds[p.SchemeKind] <= 4 {
			out = append(out, p)
		}
	}
	if len(out) < 12 {
		t.Fatalf("found %d providers that sign, expected several of each kind", len(out))
	}
	return out
}

// secretFile keeps a secret where a flag can name it.
func secretFile(t *testing.T, value string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(value), 0o600); err != nil {
		t.Fatal(err)
	}
	return "file:" + file
}

func TestWhatSignPrintsVerifyHoldsForTrue(t *testing.T) {
	for _, p := range some(t) {
		e := p.Examples[0]
		signs, verifies, err := p.SampleKeys()
		if err != nil {
			t.Fatal(err)
		}
		code, signed, talk := run(t, e.Message.Raw(), "sign", "--provider", p.ID, "--secret", secretFile(t, signs.Value()), "--url", e.URL, "-")
		if code != 0 {
			t.Errorf("%s: sign ended with %d: %s", e.File, code, talk)
			continue
		}
		if inHeader(p) && !strings.HasSuffix(signed, string(e.Message.Body)) {
			t.Errorf("%s: sign changed the body", e.File)
		}
		code, verdict, _ := run(t, []byte(signed), "verify", "--offline", "--provider", p.ID, "--secret", secretFile(t, verifies.Value()), "--url", e.URL, "--json", "-")
		if code != 0 || !strings.Contains(verdict, `"outcome":"verified"`) {
			t.Errorf("%s: verify ended with %d: %s", e.File, code, verdict)
		}
		if code, _, _ := run(t, []byte(signed), "verify", "--offline", "--provider", p.ID, "--secret", "yet another", "--url", e.URL, "-"); code != 1 {
			t.Errorf("%s: verify with a wrong secret ended with %d, expected 1", e.File, code)
		}
	}
}

// inHeader tells whether signature and time of p stand in the header.
func inHeader(p providers.Provider) bool {
	f := signature.FactsOf(p.Scheme)
	for _, at := range append(f.At, f.Timestamp) {
		if at.Kind == signature.PartJSON || at.Kind == signature.PartForm || at.Kind == signature.PartBody {
			return false
		}
	}
	return true
}

func TestSecretsComeFromTheEnvironmentOrFiles(t *testing.T) {
	t.Chdir(requests(t))
	if err := os.WriteFile("secret.txt", []byte("s3cret of the transcript\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, reference := range []string{"file:secret.txt", "file:" + filepath.Join(mustGetwd(t), "secret.txt")} {
		if code, out, talk := run(t, nil, "verify", "--provider", "tweed", "--secret", reference, "tweed.http"); code != 0 {
			t.Errorf("%s ended with %d: %s%s", reference, code, out, talk)
		}
	}
}

func mustGetwd(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestEndpointOfTheSettingsGivesProviderAndSecrets(t *testing.T) {
	t.Chdir(requests(t))
	write(t, "right.txt", "s3cret of the transcript")
	write(t, "wrong.txt", "another")
	write(t, "shopbell.toml", `
[[endpoint]]
name = "live"
provider = "tweed"
path = "/tweed/live"
secrets = ["file:right.txt"]
[[endpoint]]
name = "test"
provider = "tweed"
path = "/tweed/test"
secrets = ["file:wrong.txt"]
`)
	if code, out, talk := run(t, nil, "verify", "--config", "shopbell.toml", "--endpoint", "live", "tweed.http"); code != 0 {
		t.Errorf("live ended with %d: %s%s", code, out, talk)
	}
	code, out, talk := run(t, nil, "verify", "--config", "shopbell.toml", "--endpoint", "test", "--json", "tweed.http")
	if code != 1 || !strings.Contains(out, `"cause":"secret_of_other_endpoint","endpoint":"live"`) {
		t.Errorf("test ended with %d, %s%s: expected the secret of live to be named", code, out, talk)
	}
	wantEnd(t, 2, `did you mean "live"`, "verify", "--config", "shopbell.toml", "--endpoint", "lives", "tweed.http")
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func ExampleRun() {
	request := "POST /hook HTTP/1.1\r\nHost: shop.example\r\n\r\n{\"type\":\"PAID\"}"
	var signed bytes.Buffer
	console.Run(context.Background(), []string{"sign", "--provider", "tweed", "--secret", "s3cret", "-"}, nil,
		strings.NewReader(request), &signed, os.Stdout, "1.0")
	console.Run(context.Background(), []string{"verify", "--provider", "tweed", "--secret", "s3cret", "-"}, nil,
		&signed, os.Stdout, os.Stdout, "1.0")
	// Output:
	// ✓ Signature verified
	//   The sender knows the secret and the body is intact.
	//   secret:  #1
	//   covered: body
	//   ✓ Signature header
	//     X-Hub-Signature-256
	//     "sha256=" and 64 hex digits, as HMAC-SHA256 gives
	//   ✓ Signed text
	//     {"type":"PAID"}
	//   ✓ HMAC-SHA256 compared
	//     b7fd1c6c…90a3cc matches with secret #1
}
