// Package tunneltest is an ngrok edge on loopback for tests.
package tunneltest
