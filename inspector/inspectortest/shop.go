// Package inspectortest has real parts for tests and for the demo: a small shop
// on loopback that remembers every byte it got, and genuine and spoiled
// deliveries of the providers. Start with OpenShop and Samples.
package inspectortest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"shopbell/providers/signature"
)

// Request is what the shop got.
type Request struct {
	// Head is the request head, byte for byte; Body what the framing held.
	Head   []byte
	Method string
	Target string
	Header http.Header
	Body   []byte
	// Connection numbers the connections in the order of their arrival, from 1.
	Connection int
}

// Behaviour is how the shop answers on a path. The zero value answers 200 with
// what a shop would say.
type Behaviour struct {
	Status int // 200 when 0
	// Header and Body are sent as they stand, behind nothing but the status
	// line. Without a Content-Length field one is added.
	Header signature.Header
	Body   []byte
	Delay  time.Duration
	// Hang never answers; the connection stays open until the shop closes.
	Hang bool
	// Cut closes the connection: CutBefore without a byte, CutInside after half
	// of the body.
	Cut Cut
	// Raw replaces the whole answer.
	Raw []byte
	// Early answers before the body was read, and closes.
	Early bool
	// Leave closes the connection after the whole answer, without saying so.
	Leave bool
}

// Cut is where a shop hangs up.
type Cut int

// The cuts.
const (
	NoCut Cut = iota
	CutBefore
	CutInside
)

// Shop is a real small HTTP shop on loopback. It is safe for concurrent use.
type Shop struct {
	listener net.Listener
	done     chan struct{}
	work     sync.WaitGroup

	mu         sync.Mutex
	behaviours map[string]Behaviour
	requests   []Request
	arrived    chan struct{} // closed and made anew with each request
	conns      map[net.Conn]bool
	accepted   int
	books      books
}

// Options are what a shop is opened with.
type Options struct {
	// Addr is where it listens; "127.0.0.1:0" when empty.
	Addr string
	// Forgetful shops book a repeated delivery again.
	Forgetful bool
}

// OpenShop starts a shop; Close ends it.
func OpenShop(o Options) (*Shop, error) {
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	l, err := net.Listen("tcp", o.Addr)
	if err != nil {
		return nil, fmt.Errorf("opening the test shop: %w", err)
	}
	s := &Shop{
		listener: l, done: make(chan struct{}), behaviours: map[string]Behaviour{},
		arrived: make(chan struct{}), conns: map[net.Conn]bool{}, books: newBooks(o.Forgetful),
	}
	s.work.Go(s.accept)
	return s, nil
}

// URL is the shop's address.
func (s *Shop) URL() *url.URL { return &url.URL{Scheme: "http", Host: s.Addr()} }

// Addr is the shop's host and port.
func (s *Shop) Addr() string { return s.listener.Addr().String() }

// On sets how the shop answers on a path, without its query.
func (s *Shop) On(path string, b Behaviour) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.behaviours[path] = b
}

// Requests returns what the shop got so far, in order.
func (s *Shop) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// Await returns the requests once there are at least n of them. It gives up
// after the time with what there is.
func (s *Shop) Await(n int, patience time.Duration) []Request {
	timeout := time.After(patience)
	for {
		s.mu.Lock()
		requests, arrived := append([]Request(nil), s.requests...), s.arrived
		s.mu.Unlock()
		if len(requests) >= n {
			return requests
		}
		select {
		case <-arrived:
		case <-timeout:
			return requests
		}
	}
}

// Close closes the shop and every connection to it.
func (s *Shop) Close() error {
	s.mu.Lock()
	select {
	case <-s.done:
		s.mu.Unlock()
		return nil
	default:
	}
	close(s.done)
	err := s.listener.Close()
	for c := range s.conns {
		_ = c.Close() // it may be closed already
	}
	s.mu.Unlock()
	s.work.Wait()
	return err
}

func (s *Shop) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		select {
		case <-s.done:
			_ = conn.Close() // too late to be served
		default:
			s.accepted++
			s.conns[conn] = true
			number := s.accepted
			s.work.Go(func() { s.serve(conn, number) })
		}
		s.mu.Unlock()
	}
}

// serve answers the requests of one connection.
func (s *Shop) serve(conn net.Conn, number int) {
	defer func() {
		_ = conn.Close() // the other side may have been faster
		s.mu.Lock()
		delete(s.conns, conn)
		s.mu.Unlock()
	}()
	in := bufio.NewReader(conn)
	for {
		head, err := readHead(in)
		if err != nil {
			return
		}
		r, err := http.ReadRequest(bufio.NewReader(io.MultiReader(bytes.NewReader(head), in)))
		if err != nil {
			return
		}
		request := Request{Head: head, Method: r.Method, Target: r.RequestURI, Header: r.Header, Connection: number}
		b := s.behaviour(r.RequestURI)
		if !b.Early {
			if request.Body, err = io.ReadAll(r.Body); err != nil {
				return
			}
		}
		s.note(request)
		if !s.answer(conn, request, b) || r.Close || b.Early || b.Leave {
			return
		}
	}
}

// readHead reads the bytes of one request head.
func readHead(in *bufio.Reader) ([]byte, error) {
	var head []byte
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return nil, err
		}
		head = append(head, line...)
		if len(head) > 1<<20 {
			return nil, errors.New("reading a request head: it is over 1 MiB")
		}
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			return head, nil
		}
	}
}

func (s *Shop) behaviour(target string) Behaviour {
	path, _, _ := bytes.Cut([]byte(target), []byte("?"))
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.behaviours[string(path)]
}

func (s *Shop) note(r Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, r)
	s.books.enter(r)
	close(s.arrived)
	s.arrived = make(chan struct{})
}
