# One image, three commands: migrate, api, worker (docker-compose.yml).
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN node scripts/image.mjs

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 PORT=3000 WEB_ROOT=/app/apps/web/dist
WORKDIR /app
COPY --from=build --chown=node:node /app /app
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
CMD ["node", "--max-semi-space-size=64", "apps/api/dist/main.js"]
