package console_test

import (
	"net/http"
	"strings"
	"testing"

	"shopbell/providers/signature"
)

func TestWithoutASecretItIsSaidWhereToFindOne(t *testing.T) {
	for _, p := range some(t) {
		if p.Judge(p.Examples[0].Message, nil, p.Examples[0].At).Outcome == signature.Verified {
			continue // with a key that the provider publishes
		}
		for _, form := range [][]string{nil, {"--json"}} {
			code, out, talk := run(t, p.Examples[0].Message.Raw(), append([]string{"verify", "--offline", "--provider", p.ID, "-"}, form...)...)
			out = strings.NewReplacer(`\u003e`, ">", `\u003c`, "<", `\u0026`, "&", `\"`, `"`).Replace(out) // as JSON writes them
			if code != 1 || !strings.Contains(out, strings.TrimSuffix(p.SecretWhere, ".")) {
				t.Errorf("%s %q ended with %d: %s%s\nexpected %q", p.ID, form, code, out, talk, p.SecretWhere)
			}
		}
	}
}

func TestShowSaysWhereToFindTheSecretBothWays(t *testing.T) {
	data := t.TempDir()
	serve := startServe(t, data, "--shop", newShop(t).URL, "--endpoint", "tweed")
	deliver(http.DefaultClient, pick(serve, "url")[0])
	check := func(t *testing.T) {
		id := listed(t, data)[0]["id"].(string)
		for _, form := range [][]string{nil, {"--json"}} {
			code, out, talk := run(t, nil, append([]string{"show", "--data", data, id}, form...)...)
			if code != 0 || !strings.Contains(out, "The signing secret that you chose for this webhook in Tweed's dashboard") {
				t.Errorf("show %q ended with %d: %s%s", form, code, out, talk)
			}
		}
	}
	t.Run("through the local API", check)
	stopped(t, serve)
	t.Run("with the store itself", check)
}
