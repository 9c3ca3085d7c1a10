package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// Probe reads the state of a shop, as JSON or as text with a line for each
// thing that is kept, such as an order.
type Probe func(ctx context.Context) ([]byte, error)

const (
	// probeLimit is how large a state may be, and probeTime how long it may take.
	probeLimit = 4 << 20
	probeTime  = 10 * time.Second
)

// NewProbe returns a probe of a URL, or of a command of the system's shell when
// text is none. It answers at most 4 MiB within 10 s.
func NewProbe(text string) (Probe, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return nil, errors.New("the probe is empty, expected a URL or a command")
	case strings.HasPrefix(text, "http://"), strings.HasPrefix(text, "https://"):
		request, err := http.NewRequest(http.MethodGet, text, nil)
		if err != nil {
			return nil, fmt.Errorf("the probe is %q, expected a URL or a command", text)
		}
		return within(func(ctx context.Context) ([]byte, error) { return fetch(request.WithContext(ctx)) }), nil
	}
	return within(func(ctx context.Context) ([]byte, error) { return run(ctx, text) }), nil
}

// within ends a probe in time.
func within(p Probe) Probe {
	return func(ctx context.Context) ([]byte, error) {
		ctx, cancel := context.WithTimeoutCause(ctx, probeTime, fmt.Errorf("it took more than %v", probeTime))
		defer cancel()
		out, err := p(ctx)
		if err != nil && ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		if err == nil && len(out) > probeLimit {
			err = fmt.Errorf("it answers more than %d bytes", probeLimit)
		}
		return out, err
	}
}

// fetch knows no proxy: the shop is on this machine, or near.
func fetch(r *http.Request) ([]byte, error) {
	transport := &http.Transport{DisableKeepAlives: true}
	answer, err := transport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, probeLimit+1))
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("it answers %s, expected 200", answer.Status)
	}
	return body, err
}

func run(ctx context.Context, command string) ([]byte, error) {
	shell, flag := "sh", "-c"
	if runtime.GOOS == "windows" {
		shell, flag = "cmd", "/C"
	}
	c := exec.CommandContext(ctx, shell, flag, command)
	c.WaitDelay = time.Second // what it started may hold its output open
	out := &bounded{}
	c.Stdout = out
	if err := c.Run(); err != nil && len(out.bytes) <= probeLimit {
		return nil, fmt.Errorf("the command failed: %w", err)
	}
	return out.bytes, nil
}

// bounded takes no more than shows that there is too much.
type bounded struct{ bytes []byte }

func (b *bounded) Write(p []byte) (int, error) {
	n := min(len(p), probeLimit+1-len(b.bytes))
	b.bytes = append(b.bytes, p[:n]...)
	if n < len(p) {
		return n, io.ErrShortWrite // and whoever writes is told to stop
	}
	return n, nil
}
