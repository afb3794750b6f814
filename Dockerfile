# The worker of docker-compose.yml; the same image runs every command: docker compose run --rm worker npx shigeyi …
FROM node:20-slim

ENV NODE_ENV=production TZ=UTC SHIGEYI_DATA=/var/lib/shigeyi
WORKDIR /opt/shigeyi

# Packages first: they change less often than the code.
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force

COPY . .
RUN install -d -o node -g node /var/lib/shigeyi
USER node

CMD ["node", "--import", "tsx", "cli/main.ts", "worker"]
