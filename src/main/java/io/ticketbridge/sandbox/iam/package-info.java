/** IBM Cloud IAM as the simulated IBM systems have it: tokens for an API key (compliance.md, section 1.2). */
package io.ticketbridge.sandbox.iam;
