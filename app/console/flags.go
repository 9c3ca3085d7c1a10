package console

import (
	"errors"
	"regexp"
	"strings"

	"shopbell/app/settings"
)

// flagOf returns the flag of serve that sets a place of the settings, and what
// it takes; "" for a place that no flag sets.
func flagOf(place string) (flag, takes string) {
	switch regexp.MustCompile(`\[[0-9]+\]`).ReplaceAllString(place, "") {
	case "tunnel.kind":
		return "--tunnel", "local keeps to this machine, ngrok and ssh are public"
	case "tunnel.domain":
		return "--domain", "give the domain alone, without https:// and without a path"
	case "tunnel.listen":
		return "--listen", "give an address of this machine and a port, or leave --listen out for loopback"
	case "tunnel.service":
		return "--service", "give the name of one of these, or --server USER@HOST"
	case "tunnel.server":
		return "--server", "give the server as in a call of ssh, such as me@example.com or me@example.com:2222"
	case "tunnel.bind":
		return "--bind", "give a port, or host:port, as in ssh -R"
	case "tunnel.key":
		return "--key", "give the path of the file; the key itself stays there"
	case "tunnel.host_key":
		return "--host-key", "give the fingerprint as \"ssh-keygen -lf\" shows it"
	case "tunnel.url":
		return "--public-url", "give scheme and host, such as https://hooks.example.com"
	case "shop.url":
		return "--shop", "give a URL such as http://localhost:8080; what follows it comes from --forward"
	case "endpoint.forward":
		return "--forward", "give the path at the shop, such as /webhooks/yshop"
	case "endpoint.answer":
		return "--answer", "shop passes the shop's answer on, accept answers at once"
	case "endpoint.unverified":
		return "--unverified", "hold keeps it from the shop, forward does not"
	}
	return "", ""
}

// ofFlag makes a problem with settings that came from flags speak of the flag
// and not of a line in a file.
func ofFlag(err error) error {
	var p *settings.Problem
	if !errors.As(err, &p) {
		return err
	}
	flag, takes := flagOf(p.Place)
	if flag == "" {
		return err
	}
	key := p.Place[strings.LastIndexByte(p.Place, '.')+1:]
	return wrongUse(flag+strings.TrimPrefix(p.Says, key), takes)
}
