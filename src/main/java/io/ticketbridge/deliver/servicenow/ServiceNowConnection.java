package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.config.ServiceNowSettings;
import java.time.Clock;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.transport.http.HTTPConduitConfigurer;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;

/**
 * Gives every {@code servicenow:} endpoint whose {@code apiUrl} lies on the instance its authorisation, timeouts and TLS. Install
 * it before such an endpoint starts. It acts on CXF's default bus, but only on requests to this instance.
 *
 * <p>Beans for the routes: {@code serviceNowHttp} (the {@link HTTPClientPolicy}), {@code serviceNowHeaders}
 * ({@link StickyHeaders}), {@code serviceNowAnswer} ({@link WholeAnswer}) and {@code serviceNowFaults} ({@link Faults}).
 */
public final class ServiceNowConnection implements AutoCloseable {
    private final Bus bus = BusFactory.getDefaultBus();
    private final Clock clock;
    private final TokenStore tokens;
    private final HTTPClientPolicy policy;
    private final RequestSigner signer;
    private final AnswerListener listener;
    private final ConduitSettings conduits;

    public ServiceNowConnection(ServiceNowSettings serviceNow, Network network, Clock clock) {
        this.clock = clock;
        tokens = serviceNow.auth().usesTokens() ? new TokenStore(serviceNow, network, clock) : null;
        Authorisation authorisation = Authorisation.of(serviceNow, tokens, clock);
        signer = new RequestSigner(serviceNow, authorisation);
        listener = new AnswerListener(serviceNow, authorisation);
        policy = ConduitSettings.policy(serviceNow, network);
        conduits = new ConduitSettings(serviceNow, network, policy, bus.getExtension(HTTPConduitConfigurer.class));
    }

    /** Installs it for every route of the context. */
    public ServiceNowConnection install(CamelContext context) {
        return install(context.getRegistry());
    }

    /** Installs it and binds the beans that the class comment names. */
    public ServiceNowConnection install(Registry registry) {
        bus.getOutInterceptors().add(signer);
        bus.getInInterceptors().add(listener);
        bus.setExtension(conduits, HTTPConduitConfigurer.class);
        registry.bind("serviceNowHttp", policy);
        registry.bind("serviceNowHeaders", new StickyHeaders());
        registry.bind("serviceNowAnswer", new WholeAnswer());
        registry.bind("serviceNowFaults", new Faults(clock));
        return this;
    }

    /** Status and headers of every answer go to the hearer too, on the thread that made the call. */
    public ServiceNowConnection tell(Consumer<LastAnswer> hearer) {
        listener.tell(hearer);
        return this;
    }

    /** Null where the instance is entered without OAuth. {@code check} uses it to try the credentials. */
    public TokenStore tokens() {
        return tokens;
    }

    @Override
    public void close() {
        bus.getOutInterceptors().remove(signer);
        bus.getInInterceptors().remove(listener);
        if (bus.getExtension(HTTPConduitConfigurer.class) == conduits) {
            bus.setExtension(conduits.others(), HTTPConduitConfigurer.class);
        }
    }
}
