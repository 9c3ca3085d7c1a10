package signature

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// KeyFetcher answers what stands at an https address. Fresh asks for an answer
// that is at most a minute old, for a key that an older one does not hold.
// Fetcher.Fetch is one; nil is none, and then nothing leaves this machine.
type KeyFetcher func(address string, fresh bool) ([]byte, error)

const (
	// fetchTime is for one fetch in all: a sender waits while its delivery is judged.
	fetchTime = 3 * time.Second
	// maxFetched is the longest answer, in bytes.
	maxFetched = 256 << 10
	// keepGood and keepBad are how long an answer and a failure are remembered.
	keepGood = time.Hour
	keepBad  = time.Minute
	// maxAnswers is how many addresses are remembered, maxFlights how many are
	// fetched at the same time, maxHostFlights of one host: the address may be
	// the sender's choice, and must not keep others from theirs.
	maxAnswers     = 256
	maxFlights     = 32
	maxHostFlights = 4
)

// Fetcher fetches public keys over https and remembers them. Its zero value
// works; make one for the life of the program and share it, it is safe for
// use by several goroutines.
//
// It follows no redirect, uses no proxy and sends nothing but the address. It
// connects to public addresses only, so that a sender who chooses a host name
// cannot make it look into the local network.
type Fetcher struct {
	// Dial connects to "host:443"; nil is a dialer that refuses private,
	// loopback and link-local addresses.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Roots are the certificate authorities to trust; nil is the system's.
	Roots *x509.CertPool
	// Now is the clock for what is remembered; nil is time.Now.
	Now func() time.Time

	once    sync.Once
	client  *http.Client
	mu      sync.Mutex
	answers map[string]*answer
	flights map[string]int // by host; those on their way
}

// answer is what came from one address.
type answer struct {
	done chan struct{} // closed when body and err are there
	at   time.Time
	body []byte
	err  error
}

// Fetch implements KeyFetcher. Its errors are short and hold nothing of the
// answer.
func (f *Fetcher) Fetch(address string, fresh bool) ([]byte, error) {
	if err := checkAddress(address); err != nil {
		return nil, err
	}
	f.once.Do(f.begin)
	a, mine, err := f.claim(address, fresh)
	if err != nil {
		return nil, err
	}
	if mine {
		body, err := f.get(address)
		f.land(keyHost(address), a, body, err)
	}
	<-a.done
	return a.body, a.err
}

func (f *Fetcher) begin() {
	dial := f.Dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: fetchTime, Control: refusePrivate}).DialContext
	}
	if f.Now == nil {
		f.Now = time.Now
	}
	f.answers, f.flights = map[string]*answer{}, map[string]int{}
	f.client = &http.Client{
		Timeout: fetchTime,
		Transport: &http.Transport{
			DialContext:            dial,
			TLSClientConfig:        &tls.Config{RootCAs: f.Roots, MinVersion: tls.VersionTLS12},
			DisableKeepAlives:      true, // one answer an hour is not worth an open connection
			MaxResponseHeaderBytes: 64 << 10,
			TLSHandshakeTimeout:    fetchTime,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// claim returns the answer for an address, and whether it is the caller who
// has to get it.
func (f *Fetcher) claim(address string, fresh bool) (a *answer, mine bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if a, ok := f.answers[address]; ok && (!a.landed() || f.Now().Sub(a.at) < a.keep(fresh)) {
		return a, false, nil
	}
	host := keyHost(address)
	if f.flights[host] >= maxHostFlights || f.inFlight() >= maxFlights {
		return nil, false, errors.New("too many keys are being fetched at the moment")
	}
	f.flights[host]++
	delete(f.answers, address)
	f.makeRoom()
	a = &answer{done: make(chan struct{})}
	f.answers[address] = a
	return a, true, nil
}

// land notes what came and lets those go on who wait for it.
func (f *Fetcher) land(host string, a *answer, body []byte, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	a.body, a.err, a.at = body, err, f.Now()
	if f.flights[host]--; f.flights[host] == 0 {
		delete(f.flights, host)
	}
	close(a.done)
}

func (f *Fetcher) inFlight() (n int) {
	for _, of := range f.flights {
		n += of
	}
	return n
}

func (a *answer) landed() bool {
	select {
	case <-a.done:
		return true
	default:
		return false
	}
}

// keep is how long a is good.
func (a *answer) keep(fresh bool) time.Duration {
	if a.err != nil || fresh {
		return keepBad
	}
	return keepGood
}

// makeRoom forgets the oldest answer when there are too many. One on its way
// has no age yet and stays.
func (f *Fetcher) makeRoom() {
	if len(f.answers) < maxAnswers {
		return
	}
	oldest := ""
	for address, a := range f.answers {
		if a.landed() && (oldest == "" || a.at.Before(f.answers[oldest].at)) {
			oldest = address
		}
	}
	delete(f.answers, oldest)
}

func (f *Fetcher) get(address string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), fetchTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, errors.New("the address cannot be read")
	}
	request.Header.Set("Accept", "application/json, application/x-pem-file, */*")
	response, err := f.client.Do(request)
	if err != nil {
		return nil, whyNot(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, errors.New("it answered with status " + itoa(int64(response.StatusCode)))
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxFetched+1))
	switch {
	case err != nil:
		return nil, whyNot(err)
	case len(body) > maxFetched:
		return nil, errors.New("the answer is longer than 256 KB")
	}
	return body, nil
}

// whyNot says in a few words of our own why nothing came: an error of the
// network holds the address, and that may be the sender's.
func whyNot(err error) error {
	var dns *net.DNSError
	var timeout net.Error
	var bad *tls.CertificateVerificationError
	switch {
	case errors.Is(err, errPrivateAddress):
		return errPrivateAddress
	case errors.As(err, &timeout) && timeout.Timeout():
		return errors.New("no answer within 3 s")
	case errors.As(err, &dns):
		return errors.New("the host name is not known")
	case errors.As(err, &bad), strings.Contains(err.Error(), "tls: "):
		return errors.New("no safe connection: the certificate of the host does not hold")
	}
	return errors.New("no connection")
}
