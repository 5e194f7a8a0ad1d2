/**
 * Source: any API that answers with pages of JSON, described by a mapping file (P40). Receives a flow, returns what the pages list
 * as findings. A pass is one scan; what it proves by absence (P11) the mapping says.
 */
package io.ticketbridge.source.api;
