package engine

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// sampleWait bounds one sample, the shop's answer included.
const sampleWait = 40 * time.Second

// poster sends samples: to our own listener under the public host that they
// name, or to the address that they have.
type poster struct {
	local  string
	client http.Client
}

// newPoster is a poster to our own listener, elsewhere when away is true.
func (e *Engine) newPoster(away bool) (*poster, error) {
	t := &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: maxUnderWay}
	if away {
		t.Proxy = http.ProxyFromEnvironment
	}
	if file := e.localTunnel().CAFile(); file != "" {
		// The local listener's certificate comes from our own authority.
		pem, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read the local certificate authority: %w", err)
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		pool.AppendCertsFromPEM(pem)
		t.TLSClientConfig = &tls.Config{RootCAs: pool}
	}
	return &poster{local: strings.TrimSuffix(e.Local().URL, "/"), client: http.Client{
		Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // no provider follows one either, and it may lead anywhere
		},
	}}, nil
}

func (p *poster) close() { p.client.CloseIdleConnections() }

// post sends s and returns the status that the sender saw.
func (p *poster) post(ctx context.Context, s Simulated) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, sampleWait)
	defer cancel()
	m, to := s.Message, s.Message.URL
	if s.here {
		to = p.local + m.Target
	}
	r, err := http.NewRequestWithContext(ctx, m.Method, to, bytes.NewReader(m.Body))
	if err != nil {
		return 0, fmt.Errorf("make the sample: %w", inside(err))
	}
	r.Header["User-Agent"] = nil // none unless the sample has one
	for _, f := range m.Header {
		if !strings.EqualFold(f.Name, "Host") && !strings.EqualFold(f.Name, "Content-Length") {
			r.Header[f.Name] = append(r.Header[f.Name], f.Value)
		}
	}
	answer, err := p.client.Do(r)
	if err != nil {
		return 0, fmt.Errorf("send the sample: %w", inside(err))
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<20))
	return answer.StatusCode, err
}

// inside takes off the address that the library puts before the reason: its
// path may be secret.
func inside(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
