package console_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"shopbell/inspector/inspectortest"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// comparable is filled with two more deliveries of tweed: one with a space in
// its body, which the signature does not cover any more, and one with another
// status and a header in other letters.
func comparable(t *testing.T) (data string, values map[string]string, serve *process) {
	t.Helper()
	data, _, serve = filled(t)
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	tweed, _ := catalog.Get("tweed")
	spaced := tweed.Examples[0].Message
	spaced.Body = bytes.Replace(spaced.Body, []byte(`","data"`), []byte(`", "data"`), 1)
	other := tweed.Examples[0].Message
	other.Body = bytes.Replace(other.Body, []byte("FAILED"), []byte("PAID"), 1)
	other.Header = other.Header.Without("X-Tweed-Event")
	other.Header = append(other.Header, signature.Field{Name: "x-tweed-event", Value: "CHECKOUT_STATUS_UPDATED"})
	if other, err = tweed.Scheme.Sign(other, signature.NewSecret("", tweed.Examples[0].Secret), tweed.Examples[0].At); err != nil {
		t.Fatal(err)
	}
	for _, m := range []signature.Message{spaced, other} {
		if _, err := inspectortest.Send(t.Context(), serve.url(""), m); err != nil {
			t.Fatal(err)
		}
	}
	all := listedWith(t, data, 1)
	return data, map[string]string{
		"DATA": data, "OTHER": all[0]["id"].(string), "SPACED": all[1]["id"].(string),
		"TWEED": all[2]["id"].(string), "TWISTO": all[3]["id"].(string),
	}, serve
}

func TestCompareTranscript(t *testing.T) {
	file := transcript(t, "compare.txt")
	_, values, serve := comparable(t)
	stopped(t, serve)
	checkTranscript(t, file, t.TempDir(), values)
}

func TestCompareIsTheSameWhetherServeRunsOrNot(t *testing.T) {
	data, v, serve := comparable(t)
	var first []string
	for _, running := range []bool{true, false} {
		if !running {
			stopped(t, serve)
		}
		var outs []string
		for _, pair := range [][2]string{{v["TWEED"], v["OTHER"]}, {v["TWEED"] + "#1", v["OTHER"] + "#1"}, {v["TWEED"], v["TWEED"] + "#1"}} {
			_, out, talk := run(t, nil, "compare", "--data", data, "--json", pair[0], pair[1])
			var object map[string]any
			if err := json.Unmarshal([]byte(out), &object); err != nil {
				t.Fatalf("printed %q and %q: %v", out, talk, err)
			}
			wantFields(t, object, "type", "a", "b", "result", "head", "body", "syntax", "forms", "first_byte", "same_tail", "breaks_signature", "signed", "differences", "more")
			outs = append(outs, out)
		}
		if first == nil {
			first = outs
		}
		if strings.Join(first, "") != strings.Join(outs, "") {
			t.Errorf("with serve running\n%s\nwithout\n%s", first, outs)
		}
	}
}

func TestCompareHidesPersonalDataUnlessAsked(t *testing.T) {
	data, v, serve := comparable(t)
	stopped(t, serve)
	_, masked, _ := run(t, nil, "compare", "--data", data, v["TWISTO"], v["TWEED"])
	_, plain, _ := run(t, nil, "compare", "--data", data, "--reveal", v["TWISTO"], v["TWEED"])
	if strings.Contains(masked, "jan.novak") || !strings.Contains(plain, "jan.novak") {
		t.Errorf("without --reveal:\n%s\nwith it:\n%s", masked, plain)
	}
}
