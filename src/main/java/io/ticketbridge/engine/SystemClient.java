package io.ticketbridge.engine;

import io.ticketbridge.config.NetworkSettings;
import io.ticketbridge.ledger.ticket.Renewal;
import io.ticketbridge.network.Tls;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.Credentials;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * The HTTP client of one system: its TLS, its proxy and its time-outs, for every endpoint that names it. Repeating is the
 * routes' business: the client would do it too, and sleep for as long as {@code Retry-After} asks for, where no stop of the
 * routes can reach it. Sources are signed in to by header on every request: a kept cookie could outlive its key.
 */
public final class SystemClient implements HttpClientConfigurer, AutoCloseable {
    private static final int CONNECTIONS = 200;
    private static final int CONNECTIONS_PER_HOST = 50;

    private final NetworkSettings network;
    private final Duration patience;
    private final boolean endsInTime;
    private final PoolingHttpClientConnectionManager connections;

    /** @throws io.ticketbridge.network.UnusableFile naming the property of a file that can't be used */
    static SystemClient of(NetworkSettings network, Duration connect, Duration patience) {
        return new SystemClient(network, connect, patience, false);
    }

    /**
     * The same for a system whose answers must end within {@code patience}, and fit into memory.
     *
     * @throws io.ticketbridge.network.UnusableFile naming the property of a file that can't be used
     */
    static SystemClient endingInTime(NetworkSettings network, Duration connect, Duration patience) {
        return new SystemClient(network, connect, patience, true);
    }

    private SystemClient(NetworkSettings network, Duration connect, Duration patience, boolean endsInTime) {
        this.network = network;
        this.patience = patience;
        this.endsInTime = endsInTime;
        PoolingHttpClientConnectionManagerBuilder pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS_PER_HOST)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect.toMillis(), TimeUnit.MILLISECONDS)
                        .setSocketTimeout((int) patience.toMillis(), TimeUnit.MILLISECONDS)
                        .build());
        Optional<SSLContext> tls = Tls.of(network);
        HostnameVerifier names =
                network.tlsVerify() ? HttpsSupport.getDefaultHostnameVerifier() : (host, session) -> true;
        tls.ifPresent(context -> pool.setTlsSocketStrategy(new DefaultClientTlsStrategy(context, names)));
        connections = pool.build();
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.setConnectionManager(connections)
                .setConnectionManagerShared(true)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .build())
                .disableAutomaticRetries()
                // Sources are signed in to by header on every request: a kept session could outlive its key.
                .disableCookieManagement();
        client.addExecInterceptorFirst("claim-held", SystemClient::requireClaim);
        if (endsInTime) {
            client.addExecInterceptorLast("answer-deadline", new AnswerDeadline(patience))
                    .addExecInterceptorBefore(ChainElement.COMPRESS.name(), "answer-size", AnswerSize.fittingMemory());
        }
        network.proxy().ifPresent(proxy -> {
            client.setRoutePlanner(new Through(network));
            if (!proxy.user().isEmpty()) {
                client.setDefaultCredentialsProvider((scope, context) -> credentials(proxy, scope));
            }
        });
    }

    /** The last look before a write leaves: a process that stood still may have lost what it writes for (P15). */
    private static ClassicHttpResponse requireClaim(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (!Method.GET.isSame(request.getMethod())) {
            Renewal.requireFresh();
        }
        return chain.proceed(request, scope);
    }

    /** Asked for whenever the proxy wants them: its password may have been changed. */
    private static Credentials credentials(NetworkSettings.Proxy proxy, AuthScope scope) {
        return new AuthScope(proxy.host(), proxy.port()).match(scope) < 0
                ? null
                : new UsernamePasswordCredentials(
                        proxy.user(), proxy.password().reveal().toCharArray());
    }

    @Override
    public void close() {
        connections.close();
    }

    /** Takes the proxy for every host but those that are called without it. */
    private static final class Through extends DefaultRoutePlanner {
        private final NetworkSettings network;

        Through(NetworkSettings network) {
            super(null);
            this.network = network;
        }

        @Override
        protected HttpHost determineProxy(HttpHost target, HttpContext context) {
            return network.proxyFor(URI.create(target.toURI()))
                    .map(proxy -> new HttpHost("http", proxy.host(), proxy.port()))
                    .orElse(null);
        }
    }
}
