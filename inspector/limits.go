package inspector

import (
	"sync/atomic"
	"time"
)

// Limits bound what is taken from the network. Zero fields mean the defaults.
type Limits struct {
	Head   int           // bytes of a request head; 64 KiB
	Body   int64         // bytes of a request body; 32 MiB
	Answer int64         // bytes kept of a shop's answer; 32 MiB
	Idle   time.Duration // silence of a sender before it is cut; 30 s
	Shop   time.Duration // wait for the shop when the provider gives no limit; 30 s
	// Connections is how many senders may be connected at once, over all
	// tunnels; half of the descriptors that this process may have, less some
	// for the store, and 4096 at most.
	Connections int
}

// The defaults. No seed provider documents a size; 32 MiB is above the 25 MB
// that GitHub documents for its deliveries, the largest limit we know of.
const (
	defaultHead   = 64 << 10
	defaultBody   = 32 << 20
	defaultAnswer = 32 << 20
	defaultIdle   = 30 * time.Second
	defaultShop   = 30 * time.Second
)

func (l Limits) withDefaults() Limits {
	if l.Head <= 0 {
		l.Head = defaultHead
	}
	if l.Body <= 0 {
		l.Body = defaultBody
	}
	if l.Answer <= 0 {
		l.Answer = defaultAnswer
	}
	if l.Idle <= 0 {
		l.Idle = defaultIdle
	}
	if l.Shop <= 0 {
		l.Shop = defaultShop
	}
	if l.Connections <= 0 {
		l.Connections = min(max((descriptors()-storeDescriptors)/2, 16), 4096)
	}
	return l
}

// storeDescriptors is room for the tables of a store of a million captures.
const storeDescriptors = 512

// SetLimits changes Limits.Body and Limits.Shop; 0 means as New was given them.
// What is under way keeps those that it began with.
func (i *Inspector) SetLimits(body int64, shop time.Duration) {
	i.body.Store(body)
	for {
		longest := i.longest.Load()
		if int64(shop) <= longest || i.longest.CompareAndSwap(longest, int64(shop)) {
			break
		}
	}
	i.wait.Store(int64(shop))
}

// longestWait is how long a delivery under way may still wait for the shop.
func (i *Inspector) longestWait() time.Duration {
	return max(i.limits.Shop, time.Duration(i.longest.Load()))
}

// largestBody is Limits.Body, and shopWait Limits.Shop, as they hold now.
func (i *Inspector) largestBody() int64 {
	if n := i.body.Load(); n > 0 {
		return n
	}
	return i.limits.Body
}

func (i *Inspector) shopWait() time.Duration {
	if d := time.Duration(i.wait.Load()); d > 0 {
		return d
	}
	return i.limits.Shop
}

// bodyRoom is how many bytes of bodies may be in memory at once: many senders
// with bodies under the limit must not add up to all memory of a laptop.
const bodyRoom = 512 << 20

// room counts the bytes of bodies that are in memory.
type room struct{ used atomic.Int64 }

// take reserves n bytes; it answers false, and reserves nothing, when they are
// not to be had.
func (r *room) take(n int64) bool {
	if r.used.Add(n) > bodyRoom {
		r.used.Add(-n)
		return false
	}
	return true
}

func (r *room) give(n int64) { r.used.Add(-n) }
