//go:build bench && linux

package bench

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Disks of these faults, in MiB: small, and with space freed.
const (
	tight = 400
	roomy = 1600
	// refusals are as many as say that a fault lasts.
	refusals = 200
	// faultTime is how long one may take to come about.
	faultTime = 45 * time.Second
	// middleBody is the size of the bodies that fill a disk.
	middleBody = 64 << 10
)

func refused(a *answers) bool { return a.count("503") >= refusals }

// onDisk floods a program that keeps its data in a folder, and lets harm come
// over it after a while.
func onDisk(t *testing.T, data string, harm func() error, enough func(*answers) bool) (o outcome, at target, p *parcels, a *answers) {
	t.Helper()
	shop, _ := startShop(t)
	at = program{shop: "http://" + shop, data: data}.start(t)
	p = newParcels(t, middleBody)
	o.held = observed(at, func() {
		harmed := make(chan error, 1)
		go func() {
			time.Sleep(2 * time.Second)
			harmed <- harm()
		}()
		a = flood(at.address, p, 16, faultTime, func(a *answers) bool {
			select {
			case <-at.process.ended:
				return true
			default:
				return enough(a)
			}
		})
		if err := <-harmed; err != nil {
			o.note("the harm: %v", err)
		}
	})
	o.got = a.String()
	o.note("after the flood %s; said %q", at.process.fate(), lastLine(at.process.said()))
	return o, at, p, a
}

func noHarm() error { return nil }

func diskFull(t *testing.T, _ plan) outcome {
	disk := smallDisk(t, tight)
	o, at, p, a := onDisk(t, filepath.Join(disk, "data"), noHarm, refused)
	enlarge(t, disk, roomy)
	time.Sleep(time.Second)
	after := flood(at.address, p, 1, time.Second, nil)
	o.note("with space freed, without a restart: %v", after)
	at.endWell(t)
	o.kept = holdingOf(t, at.data, p, a).String()
	return o
}

// fillings is how often another program takes all space and gives it back.
const fillings = 5

func diskTaken(t *testing.T, _ plan) outcome {
	disk := smallDisk(t, tight)
	filler, over := filepath.Join(disk, "filler"), make(chan struct{})
	fill := func() error {
		defer close(over)
		for range fillings {
			f, err := os.Create(filler)
			if err != nil {
				return err
			}
			for block := make([]byte, 1<<20); err == nil; {
				_, err = f.Write(block) // until there is no space
			}
			time.Sleep(time.Second)
			if err := errors.Join(f.Close(), os.Remove(filler)); err != nil {
				return err
			}
			time.Sleep(200 * time.Millisecond)
		}
		return nil
	}
	o, at, p, a := onDisk(t, filepath.Join(disk, "data"), fill, func(*answers) bool {
		select {
		case <-over:
			return true
		default:
			return false
		}
	})
	o.note("how: all space was taken for a second and given back, %d times", fillings)
	o.note("%s", at.askToEnd())
	enlarge(t, disk, roomy)
	o.kept = holdingOf(t, at.data, p, a).String()
	return o
}

func diskErrors(t *testing.T, _ plan) outcome {
	disk := newImage(t, tight)
	o, at, p, a := onDisk(t, filepath.Join(disk.dir, "data"), noHarm, refused)
	o.note("how: ext4 of 2 GiB on a loop device whose file cannot grow beyond %d MiB: writes fail with EIO", tight)
	o.note("%s", at.askToEnd())
	enlarge(t, disk.bed, roomy)
	disk.again(t)
	o.kept = holdingOf(t, at.data, p, a).String()
	return o
}

func diskGone(t *testing.T, _ plan) outcome {
	disk := newImage(t, roomy)
	o, at, p, a := onDisk(t, filepath.Join(disk.dir, "data"), disk.pull, refused)
	o.note("how: EXT4_IOC_SHUTDOWN without writing out the file system's journal: every access fails with EIO")
	o.note("%s", at.askToEnd())
	disk.again(t)
	o.kept = holdingOf(t, at.data, p, a).String()
	return o
}
