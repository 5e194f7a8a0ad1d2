package io.ticketbridge.network;

import io.ticketbridge.config.NetworkSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The TLS of one system: whom it trusts, and as whom it goes there. */
public final class Tls {
    private static final char[] IN_MEMORY = "in-memory".toCharArray();

    private final NetworkSettings network;

    private Tls(NetworkSettings network) {
        this.network = network;
    }

    /**
     * What the settings ask for; empty where the JVM's own will do.
     *
     * @throws UnusableFile naming the property of the file that can't be used
     */
    public static Optional<SSLContext> of(NetworkSettings network) {
        return network.hasOwnTls() ? Optional.of(new Tls(network).context()) : Optional.empty();
    }

    private SSLContext context() {
        KeyManager[] keys = keys();
        TrustManager[] trusted = network.tlsVerify() ? trusted() : new TrustManager[] {new TrustsAnybody()};
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trusted, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM has no TLS", e);
        }
    }

    private TrustManager[] trusted() {
        if (network.caFile().isEmpty()) {
            return null;
        }
        Path file = network.caFile().get();
        byte[] content = content("ca-file", file);
        try {
            List<X509Certificate> authorities = new PemFile(content).certificates();
            if (authorities.isEmpty()) {
                throw unusable("ca-file", file, "it holds no certificate in PEM form", "name a PEM file");
            }
            KeyStore store = empty();
            int number = 0;
            for (X509Certificate usual : usual()) {
                store.setCertificateEntry("usual-" + number++, usual);
            }
            for (X509Certificate authority : authorities) {
                store.setCertificateEntry("own-" + number++, authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw unusable("ca-file", file, "it can't be read as certificates", "name a PEM file of certificates");
        }
    }

    private static List<X509Certificate> usual() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return List.of(((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers());
    }

    private KeyManager[] keys() {
        if (network.clientCertificate().isEmpty()) {
            return null;
        }
        Path file = network.clientCertificate().get();
        byte[] content = content("client-certificate", file);
        char[] password = network.clientKeyPassword().reveal().toCharArray();
        try {
            KeyStore store =
                    PemFile.looksLikeIt(content) ? ofPem(file, content, password) : ofPkcs12(content, password);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, PemFile.looksLikeIt(content) ? IN_MEMORY : password);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            boolean isPassword = e instanceof IOException;
            throw unusable(
                    "client-certificate",
                    file,
                    isPassword ? "it is no PKCS12 file, or its password is wrong" : String.valueOf(e.getMessage()),
                    "name a PEM chain with its key, or a PKCS12 file, and check " + network.key("client-key-password"));
        }
    }

    private KeyStore ofPem(Path file, byte[] content, char[] password) throws GeneralSecurityException {
        List<X509Certificate> chain = new PemFile(content).certificates();
        Path keyFile = network.clientKey().orElse(file);
        PrivateKey key = new PemFile(content("client-key", keyFile)).key(password);
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("it holds no certificate");
        }
        if (key == null) {
            throw unusable("client-key", keyFile, "it holds no private key", "name the PEM file of the key");
        }
        KeyStore store = empty();
        store.setKeyEntry("client", key, IN_MEMORY, chain.toArray(Certificate[]::new));
        return store;
    }

    private static KeyStore ofPkcs12(byte[] content, char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(content), password);
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private byte[] content(String leaf, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unusable(
                    leaf,
                    file,
                    Files.exists(file) ? "it can't be read" : "there is no such file",
                    "name a file that ticketbridge's user may read");
        }
    }

    private UnusableFile unusable(String leaf, Path file, String cause, String cure) {
        return new UnusableFile(network.key(leaf) + " names " + file + ": " + cause + "; " + cure);
    }
}
