package inspector

import (
	"strings"
	"testing"
)

func TestTheSecretPartOfAPathIsShortened(t *testing.T) {
	for path, want := range map[string]string{
		"/twisto/40de55b0c1f24d6e8a7b9c0d1e2f3a4b":           "/twisto/40de55b0…",
		"/yshop/9f1c07de55b04a0e":                            "/yshop/9f1c07de…",
		"/twisto/40de55b0c1f24d6e8a7b9c0d1e2f3a4b/sub?x=1":   "/twisto/40de55b0…/sub?x=1",
		"/hook?token=40de55b0c1f24d6e8a7b9c0d1e2f3a4b":       "/hook?token=40de55b0…",
		"http://localhost:8080/a/40de55b0c1f24d6e8a7b":       "http://localhost:8080/a/40de55b0…",
		"https://40de55b0c1f24d6e8a7b9c0d.example/a":         "https://40de55b0c1f24d6e8a7b9c0d.example/a",
		"/webhooks/payment-status-changed-v2":                "/webhooks/payment-status-changed-v2",
		"/index.php?fc=module&module=everifin_notifications": "/index.php?fc=module&module=everifin_notifications",
		"/":   "/",
		"":    "",
		"*":   "*",
		"/ąę": "/ąę",
	} {
		if got := ShownPath(path); got != want {
			t.Errorf("%q is shown as %q, expected %q", path, got, want)
		}
	}
}

func FuzzShownPath(f *testing.F) {
	f.Add("/twisto/40de55b0c1f24d6e8a7b9c0d1e2f3a4b?x=1")
	f.Add("http://\xff://")
	f.Fuzz(func(t *testing.T, path string) {
		if got := ShownPath(path); !strings.Contains(got, "…") && got != path {
			t.Errorf("%q is shown as %q though nothing is cut", path, got)
		}
	})
}
