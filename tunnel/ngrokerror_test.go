package tunnel

import (
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"testing"
	"unicode/utf8"
)

// coded is an error as the library puts it into events.
type coded struct{ text, code string }

func (c coded) Error() string     { return c.text }
func (c coded) ErrorCode() string { return c.code }

func TestEveryKnownCodeHasASentenceAndANextStep(t *testing.T) {
	for code, word := range ngrokWords() {
		if !isCode(code) {
			t.Errorf("%q is no code", code)
		}
		if word.says == "" || strings.HasSuffix(word.says, ".") || !strings.HasSuffix(word.advice, ".") {
			t.Errorf("%s: says %q, advice %q", code, word.says, word.advice)
		}
		if e := ngrokError(code, "details 17"); strings.Contains(e.Says, "details 17") != word.quote {
			t.Errorf("%s: got %q, want the service's words only where they say more", code, e.Says)
		}
	}
	for _, code := range strings.Fields("105 106 107 108 120 121 123 4018 313 314 334 9037 702 725 726 727 734 3200 8012 3004") {
		if _, ok := ngrokWords()["ERR_NGROK_"+code]; !ok {
			t.Errorf("ERR_NGROK_%s has no sentence", code)
		}
	}
}

func TestUnknownCodeLinksToTheServicesPage(t *testing.T) {
	e := failure(errors.New("failed to start tunnel: Something new.\nTry it.\n\nERR_NGROK_8888\n"), "")
	if e.Code != "ERR_NGROK_8888" || e.Says != "ngrok refused: Something new. Try it" ||
		e.Advice != "See https://ngrok.com/docs/errors/err_ngrok_8888." {
		t.Errorf("got %+v", e)
	}
}

func TestCodeIsFoundWhereverTheLibraryPutsIt(t *testing.T) {
	for _, err := range []error{
		coded{"no", "ERR_NGROK_107"},
		fmt.Errorf("wrapped: %w", coded{"no", "ERR_NGROK_107"}),
		errors.New("only text\n\nERR_NGROK_107"),
		coded{"text ERR_NGROK_107", "nonsense"},
		errors.Join(errors.New("dial"), coded{"no", "ERR_NGROK_107"}),
	} {
		if got := codeOf(err); got != "ERR_NGROK_107" {
			t.Errorf("%v: got %q", err, got)
		}
	}
	if got := codeOf(errors.New("ERR_NGROK_ without number")); got != "" {
		t.Errorf("got %q, want none", got)
	}
}

func TestNetworkErrorsHaveAdvice(t *testing.T) {
	for want, err := range map[string]error{
		"internet":     fmt.Errorf("dial: %w", &net.DNSError{Err: "no such host", Name: "x"}),
		"own page":     fmt.Errorf("hello: %w", x509.UnknownAuthorityError{}),
		"by itself":    errors.New("read EOF from remote peer"),
		"let through.": errors.New("tls: first record does not look like a TLS handshake"),
	} {
		if e := failure(err, ""); !strings.Contains(e.Advice, want) || e.Code != "" || e.Says == "" {
			t.Errorf("%v: got %+v, want %q in the advice", err, e, want)
		}
	}
}

func TestTokenNeverLeavesThroughAnError(t *testing.T) {
	const token = "secretToken"
	e := failure(coded{"refused\nYour authtoken: secretToken\nERR_NGROK_4242", "ERR_NGROK_4242"}, token)
	for err := error(e); err != nil; err = errors.Unwrap(err) {
		if strings.Contains(err.Error(), token) || strings.Contains(fmt.Sprintf("%+v", err), token) {
			t.Errorf("the token is in %+v", err)
		}
	}
}

func TestTapReadsBindsAndHidesTheToken(t *testing.T) {
	var book strings.Builder
	tp := newTap(slog.New(slog.NewTextHandler(&book, &slog.HandlerOptions{Level: slog.LevelDebug})), "secretToken")
	log := tp.logger().With("who", "secretToken").WithGroup("g").With("x", 1)
	type reply struct{ ID, URL, Proto, Error string }
	log.Debug("any words", "resp", &reply{URL: "https://a.test", Proto: "https"})
	log.Debug("refused", "resp", reply{URL: "https://b.test", Proto: "https", Error: "no"})
	log.Debug("other replies", "resp", reply{Error: "secretToken"}, "n", 7, slog.Group("in", "deep", "secretToken"))
	log.Debug("odd", "resp", func() {}, "err", errors.New("secretToken secretToken"))
	log.Debug("secretToken", "resp", "text")
	if url, n := tp.bound(); url != "https://a.test" || n != 1 {
		t.Errorf("got %q after %d binds, want the one that was granted", url, n)
	}
	if text := book.String(); strings.Contains(text, "secretToken") || !strings.Contains(text, "[authtoken]") {
		t.Errorf("got log %q", text)
	}
	newTap(nil, "").logger().Error("nothing happens")
}

func TestReconnectWithoutAnAddressIsAdmitted(t *testing.T) {
	// What a later version of the library would do that logs no replies.
	tun := newTunnel(KindNgrok)
	s := &session{line: newLine(tun, NgrokOptions{}.open), tap: &tap{url: "https://a.test", binds: 1}}
	s.show()
	if n := tun.Status().Notes; len(n) != 0 {
		t.Errorf("the first bind: got notes %q, want none", n)
	}
	s.show()
	if n := tun.Status().Notes; len(n) != 1 || !strings.Contains(n[0], "did not repeat") {
		t.Errorf("got notes %q, want a doubt about the address", n)
	}
}

func TestNotesAreBounded(t *testing.T) {
	var s Status
	for i := range 100 {
		s.online(fmt.Sprintf("https://%d.test", i))
	}
	if len(s.Notes) != maxNotes || !strings.Contains(s.Notes[maxNotes-1], "https://99.test") {
		t.Errorf("got %d notes, the last %q", len(s.Notes), s.Notes[len(s.Notes)-1])
	}
}

func FuzzFailure(f *testing.F) {
	f.Add("authentication failed: The token is wrong.\nYour authtoken: abc\n\nERR_NGROK_105\n", "abc")
	f.Add("\x00\x1b[31mERR_NGROK_99999999999999", "E")
	f.Add(strings.Repeat("long ", 1000), "")
	f.Fuzz(func(t *testing.T, text, token string) {
		e := failure(errors.New(text), token)
		if !utf8.ValidString(e.Says) || strings.ContainsAny(e.Says, "\n\r\x00\x1b") || len([]rune(e.Says)) > 2*maxSaid {
			t.Errorf("got %q", e.Says)
		}
		if e.Advice == "" {
			t.Error("no advice")
		}
	})
}

func FuzzCleanDomain(f *testing.F) {
	for _, s := range []string{"", "a.b", "https://A.b/", "a..b", "a b", "a@b", "[::1]", "a:1", "%41"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		domain, err := cleanDomain(text)
		if err != nil && domain != "" {
			t.Errorf("got %q and %v", domain, err)
		}
		if again, err2 := cleanDomain(domain); err == nil && (err2 != nil || again != domain) {
			t.Errorf("%q became %q and then %q (%v)", text, domain, again, err2)
		}
	})
}
