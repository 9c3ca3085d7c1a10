package signature

import (
	"context"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// keyServer is a real TLS server on this machine; the fetcher reaches it under
// every name that its certificate bears ("example.com").
func keyServer(t *testing.T, answer http.HandlerFunc) (*Fetcher, *atomic.Int64) {
	t.Helper()
	var asked atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		answer(w, r)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // a refused handshake is what some tests want
	server.StartTLS()
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return &Fetcher{Roots: roots, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
	}}, &asked
}

func TestAnAnswerIsRememberedForAnHour(t *testing.T) {
	f, asked := keyServer(t, func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(testSet)) })
	now := noon
	f.Now = func() time.Time { return now }
	for _, step := range []struct {
		after time.Duration
		fresh bool
		asked int64
	}{{0, false, 1}, {0, true, 1}, {59 * time.Minute, false, 1}, {0, true, 2}, {30 * time.Second, true, 2}, {59 * time.Minute, false, 2}, {2 * time.Minute, false, 3}} {
		now = now.Add(step.after)
		body, err := f.Fetch("https://example.com/keys", step.fresh)
		if err != nil || string(body) != testSet {
			t.Fatalf("got %q, %v", body, err)
		}
		if asked.Load() != step.asked {
			t.Errorf("after %s: asked %d times, expected %d", step.after, asked.Load(), step.asked)
		}
	}
}

func TestAFailureIsRememberedForAMinute(t *testing.T) {
	f, asked := keyServer(t, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusNotFound) })
	now := noon
	f.Now = func() time.Time { return now }
	for i, want := range []int64{1, 1, 2} {
		_, err := f.Fetch("https://example.com/keys", false)
		if err == nil || err.Error() != "it answered with status 404" || asked.Load() != want {
			t.Errorf("%d: %v after asking %d times, expected %d", i, err, asked.Load(), want)
		}
		now = now.Add(40 * time.Second)
	}
}

func TestManyWhoWaitForOneKeyAskOnce(t *testing.T) {
	release := make(chan struct{})
	f, asked := keyServer(t, func(w http.ResponseWriter, _ *http.Request) { <-release; w.Write([]byte("key")) })
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if body, err := f.Fetch("https://example.com/keys", false); err != nil || string(body) != "key" {
				t.Errorf("got %q, %v", body, err)
			}
		})
	}
	close(release)
	all.Wait()
	if asked.Load() != 1 {
		t.Errorf("asked %d times, expected once", asked.Load())
	}
}

func TestAnswersOfAnotherShapeAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		says   string
	}{
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://example.com/other", http.StatusFound)
		}, "status 302"},
		"long": {func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, maxFetched+1)) }, "longer than 256 KB"},
		"cut off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			w.Write([]byte("abc"))
		}, "no connection"},
	} {
		f, _ := keyServer(t, c.answer)
		if _, err := f.Fetch("https://example.com/"+name, false); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, expected %q", name, err, c.says)
		}
	}
	f, _ := keyServer(t, func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("key")) })
	if _, err := f.Fetch("https://sns.us-east-1.amazonaws.com/key", false); err == nil || !strings.Contains(err.Error(), "certificate of the host") {
		t.Errorf("a host with another's certificate: %v", err)
	}
}

func TestOnlyAFewHundredAnswersAreKept(t *testing.T) {
	f, _ := keyServer(t, func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("key")) })
	for i := range maxAnswers + 20 {
		if _, err := f.Fetch("https://example.com/"+itoa(int64(i)), false); err != nil {
			t.Fatal(err)
		}
	}
	if len(f.answers) > maxAnswers {
		t.Errorf("%d answers are kept, expected at most %d", len(f.answers), maxAnswers)
	}
}

func TestOnlyHTTPSOnANamedHostIsFetched(t *testing.T) {
	for _, address := range []string{
		"", "http://example.com/", "https://user@example.com/", "https://user:pw@example.com/", "https://example.com:8443/", "https://example.com:/",
		"https://127.0.0.1/", "https://[::1]/", "https://2130706433/", "https://0x7f.1/", "https://1.0x7f/", "https://localhost/", "https://a.b./x",
		"https://example.com/#x", "https:example.com", "//example.com/", "ftp://example.com/", "https://exa mple.com/", "https://exämple.com/",
		"https://example.com/" + strings.Repeat("a", maxAddress), "https://example.com/\n", "https://sns.eu-west-1.amazonaws.com\\@evil.example/", "https://10.0.0.1.5/",
	} {
		if checkAddress(address) == nil {
			t.Errorf("%q would be fetched", address)
		}
	}
	for _, address := range []string{"https://example.com", "https://example.com:443/a?b=c", "https://sns.us-east-1.amazonaws.com/x.pem", "https://xn--exmple-cua.com/"} {
		if err := checkAddress(address); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestHostsAreMatchedLabelByLabel(t *testing.T) {
	for host, want := range map[string]bool{
		"sns.us-east-1.amazonaws.com": true, "SNS.eu-west-1.AMAZONAWS.com": true, "sns.amazonaws.com": false, "sns.a.b.amazonaws.com": false,
		"evil.sns.us-east-1.amazonaws.com": false, "sns.us-east-1.amazonaws.com.evil.example": false, "sns.x.amazonaws.comx": false,
	} {
		if got := hostMatches("sns.*.amazonaws.com", host); got != want {
			t.Errorf("%s: %v", host, got)
		}
	}
	for host, want := range map[string]bool{
		"sns.us-east-1.amazonaws.com": true, "SNS.us-gov-west-1.amazonaws.com": true, "sns.us-isob-east-1.amazonaws.com": true, "sns.ap-southeast-12.amazonaws.com": true,
		"sns.s3.amazonaws.com": false, "sns.s3-us-west-2.amazonaws.com": false, "sns.s3-website-us-east-1.amazonaws.com": false, "sns.us-east.amazonaws.com": false,
		"sns.us-east-1a.amazonaws.com": false, "sns.us--1.amazonaws.com": false, "sns.execute-api-1.amazonaws.com": false, "sns.us-1.amazonaws.com": false,
	} {
		if got := hostMatches("sns.<region>.amazonaws.com", host); got != want {
			t.Errorf("host %q: %t, expected %t", host, got, want)
		}
	}
	for pattern, want := range map[string]bool{"sns.<region>.amazonaws.com": true, "x.<region>.com": false, "sns.*.amazonaws.com": true, "*.com": false, "a.*.com": false, "*": false, "api.paypal.com": true, "com": false, "*.example.com": true, "": false} {
		if got := pinned(pattern); got != want {
			t.Errorf("pattern %s: %v", pattern, got)
		}
	}
}

func TestTheLocalNetworkIsOutOfReach(t *testing.T) {
	for _, text := range []string{
		"127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
		"::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::1",
	} {
		if publicAddress(netip.MustParseAddr(text)) {
			t.Errorf("%s counts as public", text)
		}
	}
	for _, text := range []string{"1.1.1.1", "54.239.28.85", "2606:4700::1111"} {
		if !publicAddress(netip.MustParseAddr(text)) {
			t.Errorf("%s counts as private", text)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := (&net.Dialer{Control: refusePrivate}).Dial("tcp", l.Addr().String()); err == nil || whyNot(err) != errPrivateAddress {
		t.Errorf("the dialer connected to %s: %v", l.Addr(), err)
	}
}

func TestOneHostCannotTakeAllTheRoom(t *testing.T) {
	release, begun := make(chan struct{}), make(chan struct{}, maxHostFlights)
	f, asked := keyServer(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/other" {
			begun <- struct{}{}
			<-release
		}
		w.Write([]byte("key"))
	})
	var all sync.WaitGroup
	for i := range maxHostFlights {
		all.Go(func() { f.Fetch("https://example.com/slow/"+itoa(int64(i)), false) })
		<-begun
	}
	if _, err := f.Fetch("https://example.com/more", false); err == nil || asked.Load() != maxHostFlights {
		t.Errorf("one more of the same host: %v, asked %d times", err, asked.Load())
	}
	if _, err := f.Fetch("https://www.example.com/other", false); err != nil {
		t.Errorf("another host: %v, expected its key", err)
	}
	close(release)
	all.Wait()
	if body, err := f.Fetch("https://example.com/more", false); err != nil || string(body) != "key" {
		t.Errorf("afterwards: %q, %v", body, err)
	}
}
