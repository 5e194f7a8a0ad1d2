/** The manifests of config/kubernetes: what they say is what Kubernetes, Camel K and ticketbridge take, and they run. */
package io.ticketbridge.kubernetes;
