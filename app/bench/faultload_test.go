//go:build bench && linux

package bench

import (
	"bufio"
	"cmp"
	"fmt"
	"maps"
	"net"
	"net/http"
	"sync"
	"syscall"
	"testing"
	"time"
)

func manyConnections(t *testing.T, _ plan) outcome { return crowd(t, 10_000, 0) }

// fewDescriptors has more senders than the program may open files: the usual
// limit of a login is 1,024.
func fewDescriptors(t *testing.T, _ plan) outcome { return crowd(t, 3000, 1024) }

// crowd opens so many connections, then sends one parcel on each at once. Go
// takes as many descriptors as the system lets it have; 0 leaves it at that.
func crowd(t *testing.T, connections, descriptors int) (o outcome) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil || limit.Max < uint64(connections)+100 {
		notHere(t, "%d descriptors are allowed, expected some more than %d: %v", limit.Max, connections, err)
	}
	shop, _ := startShop(t)
	at := program{shop: "http://" + shop, data: t.TempDir(), descriptors: descriptors}.start(t)
	p, a := newParcels(t, smallBody), newAnswers()
	o.held = observed(at, func() {
		lines := make([]net.Conn, connections)
		var group sync.WaitGroup
		began := time.Now()
		for i := range lines {
			c, err := net.DialTimeout("tcp", at.address, patience)
			if err != nil {
				a.note(0, nil, "", err, 0)
				continue
			}
			lines[i] = c
			defer c.Close()
		}
		o.note("%d connections opened in %v", connections, time.Since(began).Round(time.Millisecond))
		began = time.Now()
		for _, c := range lines {
			if c != nil {
				group.Go(func() { sendOver(c, p, a, senderPatience) })
			}
		}
		group.Wait()
		o.note("all answered or given up after %v", time.Since(began).Round(time.Millisecond))
	})
	o.got = a.String()
	o.note("%d descriptors allowed; %s", min(limit.Max, uint64(cmp.Or(descriptors, 1<<30))), at.process.fate())
	after := flood(at.address, p, 4, time.Second, nil)
	o.note("afterwards: %v; said %q", after, lastLine(at.process.said()))
	o.note("%s", at.askToEnd())
	o.kept = holdingOf(t, at.data, p, a).String()
	return o
}

// sendOver sends the next parcel over a connection and notes the answer.
func sendOver(c net.Conn, p *parcels, a *answers, atMost time.Duration) {
	one, err := p.take()
	began := time.Now()
	var response *http.Response
	var says string
	if err == nil {
		_ = c.SetDeadline(began.Add(atMost)) // a socket has one
		// A refusal may come before all is sent, so that writing fails.
		_, _ = c.Write(append(one.head(), one.body...))
		if response, err = http.ReadResponse(bufio.NewReader(c), nil); err == nil {
			says, err = readAway(response)
		}
	}
	a.note(one.number, response, says, err, time.Since(began))
}

// Bodies at the limit of the program, and above it.
const (
	largeBody  = 32 << 20
	hugeBody   = 33 << 20
	largeTurns = 3 // bodies on each connection
)

func largeBodies(t *testing.T, _ plan) (o outcome) {
	shop, _ := startShop(t)
	at := program{shop: "http://" + shop, data: t.TempDir()}.start(t)
	p := newParcels(t, largeBody-1024) // an order is a little longer than it is asked to be
	var a *answers
	o.held = observed(at, func() {
		a = flood(at.address, p, 16, faultTime, func(a *answers) bool {
			a.mu.Lock()
			defer a.mu.Unlock()
			return len(a.took) >= 16*largeTurns
		})
	})
	o.got = a.String()
	o.note("bodies of %d bytes", len(p.body(1)))
	huge, over := newParcels(t, hugeBody), newAnswers()
	c, err := net.Dial("tcp", at.address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	sendOver(c, huge, over, senderPatience)
	o.note("one of 33 MiB: %v", over)
	at.endWell(t)
	o.kept = holdingOf(t, at.data, p, a).String()
	return o
}

// Slow senders, and for how long they are.
const (
	slowOnes   = 500
	silentOnes = 50
	slowTime   = 40 * time.Second
)

func slowSenders(t *testing.T, _ plan) (o outcome) {
	shop, _ := startShop(t)
	at := program{shop: "http://" + shop, data: t.TempDir()}.start(t)
	p := newParcels(t, smallBody)
	var before *answers
	usual := observed(at, func() { before = flood(at.address, p, 16, slowTime, nil) })
	slow, silent := newAnswers(), newAnswers()
	var beside *answers
	o.held = observed(at, func() {
		var group sync.WaitGroup
		for range slowOnes {
			group.Go(func() { drip(at.address, p, slow, time.Second) })
		}
		for range silentOnes {
			group.Go(func() { drip(at.address, p, silent, 2*slowTime) })
		}
		time.Sleep(time.Second)
		beside = flood(at.address, p, 16, slowTime, nil)
		group.Wait()
	})
	o.got = fmt.Sprintf("beside them: %v, p50 %s ms, p99 %s ms (before: p50 %s ms, p99 %s ms)\nslow ones, a byte a second for %v, then the rest: %v\nsilent ones: %v after %s to %s s",
		beside, short(beside.quantile(50)), short(beside.quantile(99)), short(before.quantile(50)), short(before.quantile(99)), slowTime, slow,
		silent, short(silent.quantile(0)/1000), short(silent.quantile(100)/1000))
	o.note("without them: anonymous %s MiB, peak RSS %s MiB", short(mib(usual.anon)), short(mib(usual.peak)))
	maps.Copy(beside.good, slow.good)
	maps.Copy(beside.good, before.good)
	at.endWell(t)
	o.kept = holdingOf(t, at.data, p, beside).String()
	return o
}

// drip sends a parcel byte by byte, one each pause; after slowTime the rest at
// once. Whoever pauses longer than that sends nothing but the first.
func drip(address string, p *parcels, a *answers, pause time.Duration) {
	one, err := p.take()
	if err != nil {
		a.note(0, nil, "", err, 0)
		return
	}
	c, err := net.Dial("tcp", address)
	if err != nil {
		a.note(0, nil, "", err, 0)
		return
	}
	defer c.Close()
	began := time.Now()
	sent := 1
	go func() {
		_, err := c.Write(append(one.head(), one.body[0]))
		for ; err == nil && pause <= slowTime && time.Since(began) < slowTime; sent++ {
			time.Sleep(pause)
			_, err = c.Write(one.body[sent : sent+1])
		}
		if err == nil && pause <= slowTime {
			_, _ = c.Write(one.body[sent:]) // the answer tells
		}
	}()
	_ = c.SetReadDeadline(began.Add(2 * slowTime)) // a socket has one
	response, err := http.ReadResponse(bufio.NewReader(c), nil)
	says := ""
	if err == nil {
		says, err = readAway(response)
	}
	a.note(one.number, response, says, err, time.Since(began))
}
