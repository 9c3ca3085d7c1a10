package console

import (
	"strings"
	"testing"
)

func TestAComplaintNeverRepeatsASecret(t *testing.T) {
	for _, args := range [][]string{
		{"verify", "--secret", "-hunter2", "f"},
		{"verify", "--secret", "--hunter2", "f"},
		{"verify", "--provider", "tweed", "--secret", "-hunter2", "--secret", "x", "f"},
		{"verify", "--provider", "tweed", "--secret", "two", "f", "hunter2"}, // pasted without quotes
		{"verify", "--provider", "tweed", "--secret=two", "f", "hunter2"},
		{"sign", "--provider", "tweed", "--secret", "-hunter2\"\\", "f"},
		{"send", "--secret=-hunter2", "--secret", "-hunter2"},
	} {
		code, talk := complain(t, args)
		if code != exitWrong || strings.Contains(talk, "hunter2") {
			t.Errorf("%q ended with %d and said %q, expected %d and not the secret", args, code, talk, exitWrong)
		}
	}
}

// complain runs a command that ends by itself and returns what it says.
func complain(t *testing.T, args []string) (code int, talk string) {
	t.Helper()
	var out, says strings.Builder
	code = Run(t.Context(), args, nil, strings.NewReader(""), &out, &says, "0")
	return code, says.String()
}

func TestAComplaintStillSaysWhatIsWrong(t *testing.T) {
	code, talk := complain(t, []string{"verify", "--provder", "tweed", "--secret", "r", "f"})
	if code != exitWrong || !strings.Contains(talk, "unknown flag --provder") || !strings.Contains(talk, "usage: shopbell verify") {
		t.Errorf("ended with %d and said %q", code, talk)
	}
	if _, talk := complain(t, []string{"verify", "f", "--secret"}); !strings.HasPrefix(talk, "shopbell: --secret: missing value\n") {
		t.Errorf("a missing value is answered with %q", talk)
	}
}

func FuzzHide(f *testing.F) {
	f.Add("got \"-x\" (short flag)", "-x")
	f.Add("a a", "a")
	f.Fuzz(func(t *testing.T, text, value string) {
		if got := hide("(\""+value+"\") "+text, value); value != "" && strings.HasPrefix(got, "(\""+value+"\")") {
			t.Errorf("%q is still in %q", value, got)
		}
	})
}
