package console

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// sendWithin bounds one request of ours. It is longer than Shopbell waits for a
// shop, so the answer that is printed is Shopbell's own.
const sendWithin = 45 * time.Second

// answerLimit is how much of an answer is read for printing, in bytes.
const answerLimit = 64 << 10

// answered is what came back.
type answered struct {
	status int
	header http.Header
	body   []byte
	took   time.Duration
}

// post sends m to its URL. Header names keep their case; the HTTP library sets
// their order. Redirects are not followed. authority is a file with a
// certificate authority to trust beside the system's; it may be missing.
func post(ctx context.Context, m signature.Message, authority string) (answered, error) {
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, m.Method, m.URL, bytes.NewReader(m.Body))
	if err != nil {
		return answered{}, err
	}
	request.Header["User-Agent"] = nil // none unless the sample has one
	for _, f := range m.Header {
		if carried(f.Name) {
			request.Header[f.Name] = append(request.Header[f.Name], f.Value)
		}
	}
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment, DisableCompression: true, DisableKeepAlives: true,
		TLSClientConfig: &tls.Config{RootCAs: trusting(authority)},
	}
	client := &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	began := time.Now()
	response, err := client.Do(request)
	if err != nil {
		return answered{}, fmt.Errorf("sending to %q: %w", inspector.ShownPath(m.URL), unwrapURL(err))
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, answerLimit))
	if err != nil {
		return answered{}, fmt.Errorf("reading the answer of %q: %w", inspector.ShownPath(m.URL), err)
	}
	return answered{response.StatusCode, response.Header, body, time.Since(began)}, nil
}

// trusting is the system's authorities and the one of a file, nil (the system's
// alone) when there is no such file.
func trusting(file string) *x509.CertPool {
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	pool.AppendCertsFromPEM(pem)
	return pool
}

// carried is false for fields that belong to the connection that is made here.
func carried(name string) bool {
	return !slices.ContainsFunc([]string{"Host", "Content-Length", "Connection", "Transfer-Encoding", "Keep-Alive", "Expect"},
		func(own string) bool { return strings.EqualFold(own, name) })
}

// unwrapURL takes off the method and address that the library puts before the
// reason.
func unwrapURL(err error) error {
	if u, ok := err.(*url.Error); ok {
		return u.Err
	}
	return err
}
