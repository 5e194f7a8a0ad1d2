/**
 * Source: Trend Vision One cases (vision-one.md, section 2) or Workbench alerts (section 3). Receives a flow, returns what
 * changed as findings with their notes; the watermark it hands out is moved by the route once everything before it is durable (P1).
 */
package io.ticketbridge.source.visionone;
